package dev.leasehold.samples.demo.check;

import dev.leasehold.claim.CloseCause;
import java.util.Optional;

/**
 * A time in which a member had the gate of a bucket open.
 *
 * @param process the member's process
 * @param identity the member
 * @param bucket the bucket
 * @param epoch under which epoch, unsigned
 * @param fromNanos promotion
 * @param untilNanos demotion or the process's death; {@link #OPEN} if neither is known
 * @param validUntilNanos the end of the member's term, as renewed until then; {@link #OPEN} if that
 *     isn't known
 * @param cut whether the process's death ended it
 * @param cause why it was demoted, if it was and the cause is known
 */
public record LedSpan(
    String process,
    String identity,
    BucketId bucket,
    long epoch,
    long fromNanos,
    long untilNanos,
    long validUntilNanos,
    boolean cut,
    Optional<CloseCause> cause) {

  /** The end of what has no known end. */
  public static final long OPEN = Long.MAX_VALUE;

  /**
   * When it was over at the latest: demoted, dead or lapsed. A process that stands still may be
   * none of the wiser.
   */
  public long overNanos() {
    return Math.min(untilNanos, validUntilNanos);
  }

  /** Whether its holder gave the bucket away, and so knew when its work had stopped. */
  public boolean isGivenAway() {
    return cause.filter(CloseCause::isPlanned).isPresent();
  }

  /** Whether a run is under this span's term. */
  public boolean isTermOf(KeyRun run) {
    return process.equals(run.process())
        && identity.equals(run.identity())
        && bucket.equals(run.bucket())
        && epoch == run.epoch();
  }
}
