/**
 * Buckets: how the keys of a controller are divided into ranges of a 64-bit hash.
 *
 * <p>Guaranteed: a key belongs to exactly one bucket of a controller, the same on every replica and
 * in every version. Not guaranteed: that buckets hold equally many keys.
 */
@NullMarked
package dev.leasehold.bucket;

import org.jspecify.annotations.NullMarked;
