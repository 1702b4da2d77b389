package dev.leasehold.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The threads that wait for work: at most one of them for the next due time, the others for a
 * signal, so that a due time wakes one thread and not all.
 *
 * <p>Whoever stops waiting calls {@link #wake} before it lets go of the lock, so that a signal that
 * it used up, or the watch over the time that it gave up, goes on to another.
 *
 * <p>All state is guarded by the lock given; every method is called with that lock held.
 */
final class Waiters {

  /** For those who wait without a time. */
  private final Condition changed;

  /** For the one who waits for a time. */
  private final Condition sooner;

  private int waiting;
  private boolean timed;
  private long timedUntil;

  Waiters(Lock lock) {
    this.changed = lock.newCondition();
    this.sooner = lock.newCondition();
  }

  /**
   * Waits once, perhaps for nothing: the caller looks again in a loop.
   *
   * @param now monotonic nanoseconds
   * @param nanos how long until there is something to do anyway; the maximum if never
   */
  @SuppressWarnings("WaitNotInLoop")
  void awaitOnce(long now, long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE || timed) {
      waiting++;
      try {
        changed.await();
      } finally {
        waiting--;
      }
    } else if (nanos > 0) {
      timed = true;
      timedUntil = now + nanos;
      try {
        sooner.await(nanos, TimeUnit.NANOSECONDS);
      } finally {
        timed = false;
      }
    }
  }

  boolean isEmpty() {
    return waiting == 0 && !timed;
  }

  /** Something is ready: one of the threads should look. */
  void wake() {
    if (waiting > 0) {
      changed.signal();
    } else if (timed) {
      sooner.signal();
    }
  }

  /** Nothing is ready before a time: one of the threads should wait for that, and no longer. */
  void wakeAt(long due) {
    if (!timed) {
      wake();
    } else if (due - timedUntil < 0) {
      sooner.signal();
    }
  }

  void wakeAll() {
    changed.signalAll();
    sooner.signalAll();
  }
}
