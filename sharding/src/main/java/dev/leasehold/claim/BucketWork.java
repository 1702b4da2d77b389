package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;

/**
 * The work of a controller's buckets, as the claims command it.
 *
 * <p>Calls come from the election loop's thread, one at a time, and must return without blocking. A
 * bucket goes through {@code open}, then {@code close}, then at some time {@link Stopped#stopped};
 * it is never opened again before it has stopped. {@code interrupt} may come between close and
 * stopped.
 */
public interface BucketWork {

  /**
   * Dispatches the bucket's keys from now on, all cached ones to begin with. The gate opens before
   * the first key is enqueued, so no event falls between the two.
   *
   * @param bucket the bucket that this replica leads from now on
   * @param term the term under which its keys may run; asked at every dispatch
   */
  void open(Bucket bucket, TermView term);

  /**
   * Starts no more keys of the bucket and drops its queue. Keys that are running go on; when none
   * is running any more, at once if there is none, {@link Stopped#stopped} is called.
   *
   * @param bucket a bucket that is open
   * @param listener told once, from any thread, that no key of the bucket is running
   */
  void close(Bucket bucket, Stopped listener);

  /**
   * Interrupts the threads that still run keys of a closed bucket. Does nothing if there are none.
   *
   * @param bucket a bucket that is closed
   */
  void interrupt(Bucket bucket);

  /** Told that a closed bucket's work has stopped. */
  @FunctionalInterface
  interface Stopped {

    /**
     * No key of the bucket is running, and none will before it is opened again.
     *
     * @param bucket the bucket that was closed
     */
    void stopped(Bucket bucket);
  }
}
