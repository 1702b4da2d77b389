package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Lane;

/**
 * One run of a reconciler, as listeners see it.
 *
 * @param identity the identity of the replica that runs it
 * @param bucket the bucket of the key, which also names the controller
 * @param epoch the epoch of the bucket's term, an unsigned 64-bit number
 * @param key the resource
 * @param attempt 1, and one more for each failure in a row before
 * @param lane the lane that the key came by
 */
public record Run(
    String identity, Bucket bucket, long epoch, ResourceKey key, int attempt, Lane lane) {

  /** How a run ended. */
  public enum Outcome {
    /** The reconciler is done with the key. */
    DONE,
    /** The reconciler wants the key again after a time. */
    REQUEUED,
    /** The reconciler asked for a retry with backoff. */
    RETRIED,
    /** The reconciler threw or returned null; the key is retried with backoff. */
    FAILED,
    /** The reconciler was interrupted at its timeout; the key is retried with backoff. */
    TIMED_OUT,
    /**
     * The reconciler failed, timed out or asked for a retry, and there are no retries left; the key
     * waits for something to change.
     */
    GIVEN_UP,
    /** The reconciler threw after its permit had lapsed; the key is another leader's. */
    LOST
  }
}
