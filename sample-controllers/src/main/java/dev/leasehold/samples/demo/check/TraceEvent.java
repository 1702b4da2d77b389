package dev.leasehold.samples.demo.check;

import dev.leasehold.claim.CloseCause;
import java.util.function.LongUnaryOperator;
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
 * @param thread the thread that runs the reconcile; {@link #NO_THREAD} for other lines, and where
 *     the trace doesn't tell
 * @param cause why the gate has closed; null for other lines, and where it is one that is unknown
 *     here
 */
public record TraceEvent(
    Kind kind,
    long nanos,
    String identity,
    BucketId bucket,
    long epoch,
    @Nullable String key,
    long thread,
    @Nullable CloseCause cause) {

  /** The number of no thread. */
  public static final long NO_THREAD = 0;

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

  /** The same by another clock. */
  public TraceEvent by(LongUnaryOperator clock) {
    return new TraceEvent(
        kind, clock.applyAsLong(nanos), identity, bucket, epoch, key, thread, cause);
  }

  /** Whether it is about a key, not about a bucket as a whole. */
  public boolean isAboutKey() {
    return kind == Kind.START || kind == Kind.END;
  }
}
