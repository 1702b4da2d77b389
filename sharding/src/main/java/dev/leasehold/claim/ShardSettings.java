package dev.leasehold.claim;

import dev.leasehold.election.Timings;
import java.time.Duration;

/**
 * The periods that a replica goes by.
 *
 * @param timings the member's election
 * @param drainTimeout how long running keys of a bucket that is given away may take before they are
 *     interrupted
 * @param settlingTime how long no replica may have come or gone before buckets that somebody leads
 *     are moved to even out the shares; what nobody leads never waits for it
 * @param movesAtOnce how many such moves a replica has under way at once, 1 or more; no fewer when
 *     it leaves, and some more if it has hundreds of buckets
 * @param deposed what a replica does after it has lost its membership
 */
public record ShardSettings(
    Timings timings,
    Duration drainTimeout,
    Duration settlingTime,
    int movesAtOnce,
    Deposed deposed) {

  /** 15 s, 10 s and 2 s, 10 s for a drain, 1 s to settle, 1 move at once, and to join again. */
  public static ShardSettings defaults() {
    return new ShardSettings(
        Timings.defaults(), Duration.ofSeconds(10), Duration.ofSeconds(1), 1, Deposed.REJOIN);
  }
}
