package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best plan's unevenness and moves, by trying every way to give each layout's extras away. Only
 * for a handful of candidates and layouts.
 */
final class BestByTrial {

  private final List<Map.Entry<Bucket, List<String>>> layouts;
  private final Map<Bucket, Map<String, Integer>> held;
  private final Map<String, Integer> totals = new HashMap<>();
  private long leastUneven = Long.MAX_VALUE;
  private int fewestMoves;

  BestByTrial(Cluster cluster) {
    layouts = new ArrayList<>(cluster.eligible().entrySet());
    held = Cluster.shares(cluster.holders);
    place(0, 0);
  }

  long leastUneven() {
    return leastUneven;
  }

  int fewestMoves() {
    return fewestMoves;
  }

  private void place(int layout, int moves) {
    if (layout == layouts.size()) {
      long uneven = totals.values().stream().mapToLong(total -> (long) total * total).sum();
      if (uneven < leastUneven || (uneven == leastUneven && moves < fewestMoves)) {
        leastUneven = uneven;
        fewestMoves = moves;
      }
      return;
    }
    int members = layouts.get(layout).getValue().size();
    int extras = layouts.get(layout).getKey().count() % members;
    for (int chosen = 0; chosen < 1 << members; chosen++) {
      if (Integer.bitCount(chosen) == extras) {
        placeWith(layout, chosen, moves);
      }
    }
  }

  private void placeWith(int layout, int chosen, int moves) {
    Bucket first = layouts.get(layout).getKey();
    List<String> members = layouts.get(layout).getValue();
    int arriving = 0;
    for (int i = 0; i < members.size(); i++) {
      int quota = first.count() / members.size() + (chosen >> i & 1);
      int has = held.getOrDefault(first, Map.of()).getOrDefault(members.get(i), 0);
      arriving += Math.max(0, quota - has);
      totals.merge(members.get(i), quota, Integer::sum);
    }
    place(layout + 1, moves + arriving);
    for (int i = 0; i < members.size(); i++) {
      totals.merge(
          members.get(i), -(first.count() / members.size() + (chosen >> i & 1)), Integer::sum);
    }
  }
}
