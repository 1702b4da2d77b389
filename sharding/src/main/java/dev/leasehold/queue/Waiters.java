package dev.leasehold.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The threads that wait for work: at most one of them for the next due time, the others for a
 * signal, so that a due time wakes one thread and not all.
 *
 * <p>Who brings work wakes one thread, and not another while that one is on its way: a thread that
 * was woken looks for itself, and if it finds something it calls {@link #wake} for what is left. So
 * does one that leaves for another reason, since a signal or the watch over the time may have been
 * its own.
 *
 * <p>Thread-safe. While nobody waits, waking costs the reading of one number.
 */
final class Waiters {

  private final ReentrantLock lock = new ReentrantLock();

  /** For those who wait without a time. */
  private final Condition changed = lock.newCondition();

  /** For the one who waits for a time. */
  private final Condition sooner = lock.newCondition();

  private final LongSupplier clock;
  private final LongUnaryOperator nanosToNext;

  /** Threads in here, counted before they look a last time. Changed under lock. */
  private final AtomicInteger inside = new AtomicInteger();

  /** Whether a thread has been woken that is still in here. Changed under lock. */
  private volatile boolean waking;

  /** How many wait without a time. Guarded by lock. */
  private int untimed;

  // Whether somebody waits for a time, and for which. Written under lock.
  private volatile boolean timed;
  private volatile long timedUntil;

  /**
   * Nobody waits yet.
   *
   * @param clock monotonic nanoseconds
   * @param nanosToNext how long from that time until there is something to do: zero if there is
   *     now, the maximum if never; asked by those who wait and those who wake, under the lock here
   */
  Waiters(LongSupplier clock, LongUnaryOperator nanosToNext) {
    this.clock = clock;
    this.nanosToNext = nanosToNext;
  }

  /** Waits once if there is nothing to do, perhaps for nothing: the caller looks in a loop. */
  @SuppressWarnings("WaitNotInLoop")
  void awaitOnce() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      // Whoever brings work after this sees that somebody waits; what came before is seen now.
      inside.incrementAndGet();
      long now = clock.getAsLong();
      long nanos = nanosToNext.applyAsLong(now);
      if (nanos == Long.MAX_VALUE || (nanos > 0 && timed)) {
        untimed++;
        try {
          changed.await();
        } finally {
          untimed--;
        }
      } else if (nanos > 0) {
        timedUntil = now + nanos;
        timed = true;
        try {
          sooner.await(nanos, TimeUnit.NANOSECONDS);
        } finally {
          timed = false;
        }
      }
    } finally {
      inside.decrementAndGet();
      waking = false;
      lock.unlock();
    }
  }

  /** Whether nobody is to be woken, since nobody waits or somebody is on the way. */
  boolean needNoWaking() {
    return inside.get() == 0 || waking;
  }

  /** Whether somebody waits who will look before or at that time anyway. */
  boolean watchUntil(long time) {
    return timed && timedUntil - time <= 0;
  }

  /** Wakes a thread if there is something to do now, or at an earlier time than is waited for. */
  void wake() {
    lock.lock();
    try {
      long now = clock.getAsLong();
      long nanos = nanosToNext.applyAsLong(now);
      if (waking || nanos == Long.MAX_VALUE) {
        return;
      }
      boolean isSooner = timed && now + nanos - timedUntil < 0;
      if (untimed > 0 && (nanos == 0 || !timed)) {
        waking = true;
        changed.signal();
      } else if (isSooner) {
        waking = true;
        sooner.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void wakeAll() {
    lock.lock();
    try {
      changed.signalAll();
      sooner.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
