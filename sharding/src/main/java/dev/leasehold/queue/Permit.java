package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import java.time.Duration;

/**
 * The permission to work on the keys of one bucket: valid while the bucket's term stands.
 *
 * <p>It outlives the closing of a bucket that is to be handed over, so that runs which have begun
 * can finish: the bucket is still held while they do.
 *
 * <p>A permit that has lapsed never becomes valid again; the bucket's next opening brings another.
 * Asking is cheap, never blocks and reads the clock each time. Thread-safe.
 */
public final class Permit {

  private final Bucket bucket;
  private final TermView term;

  /**
   * A permit for a bucket that is open from now on.
   *
   * @param bucket what may be worked on
   * @param term for how long
   */
  public Permit(Bucket bucket, TermView term) {
    this.bucket = bucket;
    this.term = term;
  }

  /**
   * Returns if the work may go on, and throws if it may not. Call it right before each write.
   *
   * @throws TermOver if the permit has lapsed; let it go up
   */
  public void check() {
    if (!isValid()) {
      throw new TermOver(bucket, epoch());
    }
  }

  /** Whether the work may begin or go on, now. */
  public boolean isValid() {
    return term.isValid();
  }

  /** Whether the work may be given out at that time, which the monotonic clock has just shown. */
  boolean standsAt(long nanos) {
    return term.standsAt(nanos);
  }

  /** For how long the permit will stand if nothing renews it; zero once it has lapsed. */
  public Duration remaining() {
    return term.remaining();
  }

  /**
   * The fencing token to send along with writes to systems that can refuse an older one: an
   * unsigned 64-bit number that grows with every change of hands of the bucket.
   */
  public long epoch() {
    return term.epoch();
  }

  /** Who holds the bucket: the identity written into its Lease. */
  public String identity() {
    return term.identity();
  }

  /** The bucket that the permit is for. */
  public Bucket bucket() {
    return bucket;
  }

  @Override
  public String toString() {
    return "permit for %s, epoch %s%s"
        .formatted(bucket, Long.toUnsignedString(epoch()), isValid() ? "" : ", lapsed");
  }
}
