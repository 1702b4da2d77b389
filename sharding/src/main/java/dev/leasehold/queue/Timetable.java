package dev.leasehold.queue;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * When which bucket has something to do that waits for a time: by its earliest delayed key, or
 * because retries of it are due and wait for a token of the rate limit that all buckets share.
 *
 * <p>A bucket is handed out at its time to one caller, who looks after it under its lock and enters
 * it again. Thread-safe. The lock here is taken last, after that of a bucket.
 */
final class Timetable<K> {

  private final ShortLock lock = new ShortLock();
  private final RateLimit retries;

  /** Buckets by their earliest delayed key. Guarded by lock. */
  private final DeadlineHeap<SharedBucket<K>> deadlines = new DeadlineHeap<>();

  /** Buckets with retries due, in the order in which they take turns. Guarded by lock. */
  private final ArrayDeque<SharedBucket<K>> retryRound = new ArrayDeque<>();

  // Written under lock; read without it to find out cheaply that there is nothing to do.
  private volatile boolean delaying;
  private volatile long firstDue;
  private volatile boolean retrying;

  Timetable(RateLimit retries) {
    this.retries = retries;
  }

  /** Whether anything waits for a time at all. */
  boolean isEmpty() {
    return !delaying && !retrying;
  }

  /** Whether a bucket has retries due. */
  boolean hasRetries() {
    return retrying;
  }

  /** When the earliest delayed key is due; means nothing if none is delayed. */
  long firstDue() {
    return firstDue;
  }

  /** How long until something is to be done; the maximum if nothing waits for a time. */
  long nanosToNext(long now) {
    lock.lock();
    try {
      long nanos = delaying ? Math.max(0, firstDue - now) : Long.MAX_VALUE;
      return retrying ? Math.min(nanos, retries.nanosToToken(now)) : nanos;
    } finally {
      lock.unlock();
    }
  }

  /** Enters a bucket by its earliest delayed key, instead of by an earlier entry of it. */
  void enter(SharedBucket<K> bucket, long due) {
    lock.lock();
    try {
      if (bucket.isInHeap()) {
        deadlines.remove(bucket);
      }
      deadlines.add(bucket, due);
      deadlinesChanged();
    } finally {
      lock.unlock();
    }
  }

  /** Strikes a bucket that has no delayed key any more. */
  void strike(SharedBucket<K> bucket) {
    lock.lock();
    try {
      if (bucket.isInHeap()) {
        deadlines.remove(bucket);
        deadlinesChanged();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Enters a bucket that has retries due, or strikes one that has none. */
  void enterRetry(SharedBucket<K> bucket, boolean hasRetries) {
    lock.lock();
    try {
      if (bucket.inRetryRound != hasRetries) {
        bucket.inRetryRound = hasRetries;
        if (hasRetries) {
          retryRound.addLast(bucket);
        } else {
          retryRound.remove(bucket);
        }
        retrying = !retryRound.isEmpty();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Hands out a bucket whose earliest delayed key is due, if there is one. */
  @Nullable SharedBucket<K> pollDue(long now) {
    if (!delaying || firstDue - now > 0) {
      return null;
    }
    lock.lock();
    try {
      SharedBucket<K> first = deadlines.first();
      if (first == null || first.due - now > 0) {
        return null;
      }
      deadlines.remove(first);
      deadlinesChanged();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Hands out the bucket whose turn it is to retry a key, with a token for it, if there is one. */
  @Nullable SharedBucket<K> pollRetry(long now) {
    if (!retrying) {
      return null;
    }
    lock.lock();
    try {
      if (retryRound.isEmpty() || !retries.tryTake(now)) {
        return null;
      }
      SharedBucket<K> first = retryRound.removeFirst();
      first.inRetryRound = false;
      retrying = !retryRound.isEmpty();
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void deadlinesChanged() {
    SharedBucket<K> first = deadlines.first();
    if (first != null) {
      firstDue = first.due;
    }
    delaying = first != null;
  }
}
