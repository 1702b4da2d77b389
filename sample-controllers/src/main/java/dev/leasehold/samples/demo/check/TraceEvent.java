package dev.leasehold.samples.demo.check;

import org.jspecify.annotations.Nullable;

/**
 * One line of a trace.
 *
 * @param kind what happened
 * @param nanos when, on the machine's monotonic clock
 * @param identity the member that it happened to
 * @param bucket in which bucket
 * @param epoch under which epoch, unsigned
 * @param key {@code namespace/name} of the resource; null unless a reconcile starts or ends
 */
public record TraceEvent(
    Kind kind, long nanos, String identity, BucketId bucket, long epoch, @Nullable String key) {

  /** What a line tells. */
  public enum Kind {
    /** The member's gate for the bucket is about to open. */
    PROMOTED,
    /** The member's gate for the bucket has closed. */
    DEMOTED,
    /** A reconcile of the key begins. */
    START,
    /** That reconcile has ended. */
    END
  }

  /** The same at another time. */
  public TraceEvent at(long other) {
    return new TraceEvent(kind, other, identity, bucket, epoch, key);
  }

  /** Whether it is about a key, not about a bucket as a whole. */
  public boolean isAboutKey() {
    return kind == Kind.START || kind == Kind.END;
  }
}
