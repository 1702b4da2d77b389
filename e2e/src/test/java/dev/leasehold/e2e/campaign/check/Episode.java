package dev.leasehold.e2e.campaign.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One fault, or several at once, from before the first was injected until the replicas had
 * recovered from all.
 *
 * @param fault its name
 * @param fromNanos its beginning, on the machine's monotonic clock
 * @param healedNanos when all of it was healed
 * @param untilNanos its end
 * @param limits what may come of it
 */
public record Episode(
    String fault, long fromNanos, long healedNanos, long untilNanos, Limits limits) {

  /**
   * What may come of a fault, on a machine that loses no time.
   *
   * @param atLeast how long any leases of these periods leave a bucket without a leader
   * @param atWorst how long the protocol does at worst
   * @param recovery how long after its end all may take to be well again
   * @param hinders whether a replica that leads may hear of changes late, or fail to act on them
   */
  public record Limits(Duration atLeast, Duration atWorst, Duration recovery, boolean hinders) {}

  /** How long it took to recover. */
  public Duration recovery() {
    return Duration.ofNanos(untilNanos - healedNanos);
  }

  /** The episode that a moment belongs to: the last one that began before it, if any. */
  public static Optional<Episode> at(long nanos, List<Episode> episodes) {
    return episodes.stream()
        .filter(episode -> episode.fromNanos() <= nanos)
        .reduce((earlier, later) -> later);
  }
}
