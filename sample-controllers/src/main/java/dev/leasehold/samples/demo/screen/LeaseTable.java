package dev.leasehold.samples.demo.screen;

import dev.leasehold.samples.demo.check.LeaseState;
import dev.leasehold.samples.demo.check.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Leases of a component as {@code kubectl get leases} lists them, and who leads how many. */
public final class LeaseTable {

  private static final int MOST_BUCKETS = 16;

  private LeaseTable() {}

  /**
   * The lines of the table.
   *
   * @param snapshot the Leases
   * @param now the time that their age is counted to
   * @param paint colors for the holders
   */
  public static List<String> lines(Snapshot snapshot, Instant now, Paint paint) {
    TextTable table = new TextTable("NAME", "HOLDER", "AGE");
    List<LeaseState> shown = new ArrayList<>();
    snapshot.leases().stream()
        .filter(LeaseState::isOfBucket)
        .limit(MOST_BUCKETS)
        .forEach(shown::add);
    snapshot.leases().stream().filter(lease -> !lease.isOfBucket()).forEach(shown::add);
    shown.forEach(lease -> table.add(lease.name(), lease.holder(), age(lease.created(), now)));
    List<String> lines = new ArrayList<>();
    List<List<String>> rows = table.padded();
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = rows.get(i);
      String holder =
          i == 0 ? cells.get(1) : paint.replica(shown.get(i - 1).holder(), cells.get(1));
      lines.add((cells.get(0) + holder + cells.get(2)).stripTrailing());
    }
    long buckets = snapshot.leases().stream().filter(LeaseState::isOfBucket).count();
    if (buckets > MOST_BUCKETS) {
      lines.add("... and %d buckets more".formatted(buckets - MOST_BUCKETS));
    }
    lines.add("Buckets: " + loads(snapshot.load(), paint));
    return lines;
  }

  /** How many buckets each member holds, in words. */
  public static String loads(Map<String, Integer> load, Paint paint) {
    return load.isEmpty()
        ? "none held"
        : load.entrySet().stream()
            .map(
                entry ->
                    paint.replica(entry.getKey(), process(entry.getKey())) + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  /** The process of a member: {@code replica-2} of {@code replica-2_0a1b2c3d}. */
  public static String process(String identity) {
    int end = identity.lastIndexOf('_');
    return end < 0 ? identity : identity.substring(0, end);
  }

  private static String age(Instant created, Instant now) {
    long seconds = Math.max(0, Duration.between(created, now).toSeconds());
    return seconds < 120 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
  }
}
