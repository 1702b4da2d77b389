package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;

/**
 * How much work a bucket has, at one moment.
 *
 * @param bucket which one
 * @param epoch the epoch under which it was opened, an unsigned 64-bit number
 * @param queued keys that wait for a worker, or for the overall rate limit of retries
 * @param delayed keys that wait for a time to come
 * @param running keys that a worker has; may be more than zero for a bucket that has been closed
 */
public record BucketCounts(Bucket bucket, long epoch, int queued, int delayed, int running) {}
