package dev.leasehold.claim;

import dev.leasehold.election.Timings;
import java.time.Duration;

/**
 * The periods that a replica goes by.
 *
 * @param timings the member's election
 * @param drainTimeout how long running keys of a bucket that is given away may take before they are
 *     interrupted
 */
public record ShardSettings(Timings timings, Duration drainTimeout) {

  /** 15 s, 10 s and 2 s, and 10 s for a drain. */
  public static ShardSettings defaults() {
    return new ShardSettings(Timings.defaults(), Duration.ofSeconds(10));
  }
}
