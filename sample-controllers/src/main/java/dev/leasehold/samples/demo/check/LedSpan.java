package dev.leasehold.samples.demo.check;

/**
 * A time in which a member had the gate of a bucket open.
 *
 * @param process the member's process
 * @param identity the member
 * @param bucket the bucket
 * @param epoch under which epoch, unsigned
 * @param fromNanos promotion
 * @param untilNanos demotion or the process's death; {@link #OPEN} if neither is known
 * @param cut whether the process's death ended it
 */
public record LedSpan(
    String process,
    String identity,
    BucketId bucket,
    long epoch,
    long fromNanos,
    long untilNanos,
    boolean cut) {

  /** The end of what has no known end. */
  public static final long OPEN = Long.MAX_VALUE;

  /** Whether a run is under this span's term. */
  public boolean isTermOf(KeyRun run) {
    return process.equals(run.process())
        && identity.equals(run.identity())
        && bucket.equals(run.bucket())
        && epoch == run.epoch();
  }
}
