/**
 * Buckets: how the keys of a controller are divided into ranges of a 64-bit hash.
 *
 * <p>Guaranteed: a key belongs to exactly one bucket of a controller, the same on every replica and
 * in every version. Ranges are contiguous, and of N buckets those of 2N are halves. No two buckets
 * or members of a component share the name of a Lease. Not guaranteed: that buckets hold equally
 * many keys; by {@link dev.leasehold.bucket.KeyHash#NAMESPACE} they hardly ever do.
 */
@NullMarked
package dev.leasehold.bucket;

import org.jspecify.annotations.NullMarked;
