package dev.leasehold.queue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one bucket as threads share it: each call holds the bucket's lock for a moment, and
 * says before it lets go whether the bucket has a key ready and when it next has to be looked
 * after.
 *
 * <p>Listeners are told on the thread whose call made a bucket idle, after the lock. As a heap node
 * it is the {@link Timetable}'s. Thread-safe.
 */
final class SharedBucket<K> extends DeadlineHeap.Node {

  /** Bounds the time for which a bulk add holds the lock. */
  private static final int ADDED_AT_ONCE = 64;

  final Permit permit;

  private final int index;
  private final ReadyBuckets ready;
  private final Timetable<K> timetable;
  private final ShortLock lock = new ShortLock();

  // Guarded by lock.
  private final BucketQueue<K> queue;

  /** Whether the bucket's bit among the ready ones is set. Guarded by lock. */
  private boolean isReady;

  /** Whether the timetable knows of a delayed key, and for when. Guarded by lock. */
  private boolean isEntered;

  private long enteredDue;

  /** Whether the timetable knows of retries that are due. Guarded by lock. */
  private boolean isRetrying;

  /** Whether it is in the timetable's round of retries. Guarded by the timetable's lock. */
  boolean inRetryRound;

  SharedBucket(Permit permit, ReadyBuckets ready, Timetable<K> timetable, LongSupplier stamp) {
    this.permit = permit;
    this.index = permit.bucket().index();
    this.ready = ready;
    this.timetable = timetable;
    this.queue = new BucketQueue<>(stamp);
  }

  /** Whether the key is accepted, which it is unless the bucket has been dropped. */
  boolean add(K key, Lane lane) {
    lock.lock();
    try {
      return queue.add(key, lane);
    } finally {
      release();
    }
  }

  /** Adds the next few of the keys; whether they are accepted. */
  boolean addSome(Iterator<? extends K> keys, Lane lane) {
    // Outside of the lock: nobody knows how long the iterator takes.
    List<K> some = new ArrayList<>(ADDED_AT_ONCE);
    while (some.size() < ADDED_AT_ONCE && keys.hasNext()) {
      some.add(keys.next());
    }
    lock.lock();
    try {
      boolean accepted = true;
      for (K key : some) {
        accepted = queue.add(key, lane);
      }
      return accepted;
    } finally {
      release();
    }
  }

  boolean addAt(K key, Lane lane, long due) {
    lock.lock();
    try {
      return queue.addAt(key, lane, due);
    } finally {
      release();
    }
  }

  void forget(K key) {
    lock.lock();
    try {
      queue.forget(key);
    } finally {
      release();
    }
  }

  /** Takes the next key to run if nobody else is here in this moment, or if the caller insists. */
  @Nullable Work<K> take(boolean insisting) {
    if (insisting) {
      lock.lock();
    } else if (!lock.tryLock()) {
      return null;
    }
    try {
      KeyEntry<K> entry = queue.take();
      return entry == null ? null : workOf(entry);
    } finally {
      release();
    }
  }

  private Work<K> workOf(KeyEntry<K> entry) {
    try {
      return new Work<>(this, entry);
    } catch (OutOfMemoryError e) {
      // Nobody would tell how it went.
      queue.putBack(entry);
      throw e;
    }
  }

  /** Makes ready what has come due; returns how many keys that were, at most the given number. */
  int advance(long now, int most) {
    lock.lock();
    try {
      // Whoever calls this has been given the bucket by the timetable, which has struck it.
      isEntered = false;
      return queue.advance(now, most);
    } finally {
      release();
    }
  }

  /** Uses the token that the timetable has given for a retry of this bucket. */
  void admitRetry() {
    lock.lock();
    try {
      isRetrying = false;
      queue.admitRetry();
    } finally {
      release();
    }
  }

  void done(Work<K> work) {
    lock.lock();
    try {
      work.settle();
      queue.done(work.entry);
    } finally {
      release();
    }
  }

  void doneUntil(Work<K> work, long due) {
    lock.lock();
    try {
      work.settle();
      queue.doneUntil(work.entry, due);
    } finally {
      release();
    }
  }

  void failed(Work<K> work, long now, Backoff backoff) {
    // Outside of the lock: all buckets share the chance, and threads may have to wait for it.
    IntToLongFunction wait = backoff.draw();
    lock.lock();
    try {
      work.settle();
      queue.failed(work.entry, now, wait);
    } finally {
      release();
    }
  }

  void putBack(Work<K> work) {
    lock.lock();
    try {
      work.settle();
      queue.putBack(work.entry);
    } finally {
      release();
    }
  }

  /** Lets all that waits go and accepts nothing more. */
  void drop() {
    lock.lock();
    try {
      queue.drop();
    } finally {
      release();
    }
  }

  /**
   * Drops the bucket for good.
   *
   * @param stopped told once that none of its keys runs
   * @return whether that had not been done before
   */
  boolean close(Runnable stopped) {
    lock.lock();
    try {
      return queue.close(stopped);
    } finally {
      release();
    }
  }

  /** Whether it has been closed and none of its keys runs. */
  boolean isStopped() {
    lock.lock();
    try {
      return queue.isStopped();
    } finally {
      release();
    }
  }

  /** Tells once that none of its keys runs; at once if that is so. */
  void onceIdle(Runnable listener) {
    lock.lock();
    try {
      queue.onceIdle(listener);
    } finally {
      release();
    }
  }

  BucketCounts counts() {
    lock.lock();
    try {
      return queue.counts(permit.bucket(), permit.epoch());
    } finally {
      release();
    }
  }

  QueueFigures figures() {
    lock.lock();
    try {
      return queue.figures();
    } finally {
      release();
    }
  }

  private void release() {
    List<Runnable> idle;
    try {
      announce();
      idle = queue.pollIdle();
    } finally {
      lock.unlock();
    }
    // A method reference would be linked here, in front of whoever drops the first bucket.
    for (Runnable listener : idle) {
      listener.run();
    }
  }

  private void announce() {
    if (queue.hasReady() != isReady) {
      isReady = !isReady;
      ready.set(index, isReady);
    }
    KeyEntry<K> first = queue.firstDelayed();
    if (first != null && !(isEntered && enteredDue == first.due)) {
      isEntered = true;
      enteredDue = first.due;
      timetable.enter(this, enteredDue);
    } else if (first == null && isEntered) {
      isEntered = false;
      timetable.strike(this);
    }
    if (queue.hasDueRetries() != isRetrying) {
      isRetrying = !isRetrying;
      timetable.enterRetry(this, isRetrying);
    }
  }
}
