package dev.leasehold.queue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What threads have asked a queue for and what it gave them, kept beside the queue: enough to tell
 * that nothing that was asked for was lost, and that no key ran twice at once. Keys are numbers
 * from zero.
 *
 * <p>What is found out is kept for the end, when {@link #throwWhatWasFound} tells it: Lincheck
 * takes an error within a history for right if single threads see it as well.
 *
 * <p>Thread-safe. It counts moments; what happens between two of its calls may have happened at any
 * of them, and it takes the one that accuses the queue of less.
 */
final class Ledger {

  private final int keys;
  private final AtomicInteger moment = new AtomicInteger();
  private final AtomicIntegerArray asked;
  private final AtomicIntegerArray begun;
  private final AtomicReferenceArray<@Nullable Work<Integer>> running;
  private final AtomicReference<@Nullable String> found = new AtomicReference<>();

  Ledger(int keys) {
    this.keys = keys;
    this.asked = new AtomicIntegerArray(keys);
    this.begun = new AtomicIntegerArray(keys);
    this.running = new AtomicReferenceArray<>(keys);
  }

  /** A moment; call it before a key is asked for. */
  int now() {
    return moment.incrementAndGet();
  }

  /** The key was asked for after that moment and accepted: a later run has to begin. */
  void asked(int key, int since) {
    asked.accumulateAndGet(key, since, Math::max);
  }

  /** The key has been taken from the queue. */
  void begun(Work<Integer> work) {
    require(running.compareAndSet(work.key(), null, work), "A key ran twice at once.");
    begun.accumulateAndGet(work.key(), now(), Math::max);
  }

  /** The queue is about to be told of the end of a run. */
  void ends(Work<Integer> work) {
    running.set(work.key(), null);
  }

  /** Whether a run goes on of that opening of a bucket. */
  boolean isRunning(SharedBucket<Integer> bucket) {
    for (int key = 0; key < keys; key++) {
      Work<Integer> work = running.get(key);
      if (work != null && work.from == bucket) {
        return true;
      }
    }
    return false;
  }

  /** One of the runs that go on, if there is one. */
  @Nullable Work<Integer> anyRunning() {
    for (int key = 0; key < keys; key++) {
      Work<Integer> work = running.get(key);
      if (work != null) {
        return work;
      }
    }
    return null;
  }

  /** Notes it if a key was lost that was asked for after that moment. */
  void requireRun(int key, int since) {
    int last = asked.get(key);
    require(last <= since || begun.get(key) > last, "A key was asked for and not run.");
  }

  /** Notes what is wrong if something doesn't hold, unless something was wrong before. */
  void require(boolean holds, String otherwise) {
    if (!holds) {
      found.compareAndSet(null, otherwise);
    }
  }

  /** To be called at the end. */
  void throwWhatWasFound() {
    String first = found.get();
    if (first != null) {
      throw new AssertionError(first);
    }
  }
}
