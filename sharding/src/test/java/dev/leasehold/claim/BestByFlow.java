package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The best plan's moves by a flow of least cost, with successive cheapest paths: source to layouts
 * (as many units as it has extras), to eligible members (one each, and cheaper by one if a bucket
 * stays by it), to the sink (each further unit costs more). Another algorithm than the one under
 * test, for sizes at which trying everything is hopeless.
 */
final class BestByFlow {

  private static final long EVENNESS = 1_000_000;
  private static final int SOURCE = 0;
  private static final int SINK = 1;

  private record Arc(int from, int to, long cost) {}

  private final List<Arc> arcs = new ArrayList<>();

  /** How many units may still flow along each arc; arcs 2i and 2i + 1 are each other's reverse. */
  private final List<Integer> room = new ArrayList<>();

  private final int nodes;
  private final int fewestMoves;

  BestByFlow(Cluster cluster) {
    Map<Bucket, List<String>> eligible = cluster.eligible();
    Map<Bucket, Map<String, Integer>> held = Cluster.shares(cluster.holders);
    List<String> uids = cluster.candidates.stream().map(Candidate::uid).toList();
    int[] floors = new int[uids.size()];
    int kept = 0;
    int node = 2 + uids.size();
    for (Map.Entry<Bucket, List<String>> layout : eligible.entrySet()) {
      int members = layout.getValue().size();
      int floor = layout.getKey().count() / members;
      arc(SOURCE, node, layout.getKey().count() % members, 0);
      for (String uid : layout.getValue()) {
        int has = held.getOrDefault(layout.getKey(), Map.of()).getOrDefault(uid, 0);
        kept += Math.min(has, floor);
        floors[uids.indexOf(uid)] += floor;
        arc(node, 2 + uids.indexOf(uid), 1, has > floor ? -1 : 0);
      }
      node++;
    }
    nodes = node;
    for (int i = 0; i < floors.length; i++) {
      for (int unit = 0; unit < eligible.size(); unit++) {
        arc(2 + i, SINK, 1, EVENNESS * (floors[i] + unit));
      }
    }
    long cost = 0;
    for (long path = send(); path != Long.MAX_VALUE; path = send()) {
      cost += path;
    }
    int keptByExtras = (int) Math.floorMod(-cost, EVENNESS);
    fewestMoves = eligible.keySet().stream().mapToInt(Bucket::count).sum() - kept - keptByExtras;
  }

  int fewestMoves() {
    return fewestMoves;
  }

  private void arc(int from, int to, int capacity, long cost) {
    arcs.add(new Arc(from, to, cost));
    room.add(capacity);
    arcs.add(new Arc(to, from, -cost));
    room.add(0);
  }

  /**
   * Sends one unit along a cheapest path; returns its cost, or the largest number if there is none.
   */
  private long send() {
    long[] distance = new long[nodes];
    Arrays.fill(distance, Long.MAX_VALUE);
    distance[SOURCE] = 0;
    int[] by = new int[nodes];
    boolean closer = true;
    while (closer) {
      closer = false;
      for (int i = 0; i < arcs.size(); i++) {
        Arc arc = arcs.get(i);
        if (room.get(i) > 0
            && distance[arc.from()] != Long.MAX_VALUE
            && distance[arc.from()] + arc.cost() < distance[arc.to()]) {
          distance[arc.to()] = distance[arc.from()] + arc.cost();
          by[arc.to()] = i;
          closer = true;
        }
      }
    }
    if (distance[SINK] != Long.MAX_VALUE) {
      for (int node = SINK; node != SOURCE; node = arcs.get(by[node]).from()) {
        room.set(by[node], room.get(by[node]) - 1);
        room.set(by[node] ^ 1, room.get(by[node] ^ 1) + 1);
      }
    }
    return distance[SINK];
  }
}
