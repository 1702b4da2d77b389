package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which buckets have a key ready: one bit each, to be found without a lock.
 *
 * <p>Thread-safe. Whoever changes the bit of a bucket holds that bucket's lock.
 */
final class ReadyBuckets {

  private static final int NONE = -1;

  private final AtomicLongArray words = new AtomicLongArray(Bucket.MAX_COUNT / Long.SIZE);

  /** Words from here on were never used; only grows. */
  private volatile int used;

  /** Makes room for the bit of a bucket; call it before all else. */
  synchronized void include(int bucket) {
    used = Math.max(used, bucket / Long.SIZE + 1);
  }

  void set(int bucket, boolean isReady) {
    int index = bucket / Long.SIZE;
    long bit = 1L << bucket;
    // Nobody else changes this bit, so adding it or taking it off is setting or clearing it.
    words.getAndAdd(index, isReady ? bit : -bit);
  }

  boolean contains(int bucket) {
    return (words.get(bucket / Long.SIZE) & 1L << bucket) != 0;
  }

  boolean isEmpty() {
    return firstFrom(0) == NONE;
  }

  /** The next ready bucket after one, going round: itself at last; negative if there is none. */
  int after(int bucket) {
    int next = firstFrom(bucket + 1);
    return next == NONE ? firstFrom(0) : next;
  }

  private int firstFrom(int bucket) {
    int limit = used;
    int index = bucket / Long.SIZE;
    if (index >= limit) {
      return NONE;
    }
    long word = words.get(index) & -1L << bucket;
    while (word == 0) {
      index++;
      if (index == limit) {
        return NONE;
      }
      word = words.get(index);
    }
    return index * Long.SIZE + Long.numberOfTrailingZeros(word);
  }
}
