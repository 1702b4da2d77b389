package dev.leasehold.queue;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is. Ready buckets go round, key by key; but a thread that comes for another key
 * within {@link #LONGEST_NANOS} of its turn with a bucket gets up to {@link #MOST} of the same
 * bucket, since each change of buckets makes it wait for another's memory.
 *
 * <p>So where runs take longer than that, each key is another bucket's, and where they don't, a
 * bucket waits for so much longer at most. Thread-safe.
 */
final class Turns {

  /** Keys that a thread takes from one bucket in a row. */
  static final int MOST = 8;

  /** For so long, after a first key, it takes more of the same bucket. */
  static final long LONGEST_NANOS = 20_000;

  private final ThreadLocal<Stay> stays = ThreadLocal.withInitial(Stay::new);

  /**
   * The bucket that had the last turn. Threads may overwrite each other's word, which costs a
   * bucket one turn and no more.
   */
  private final AtomicInteger last = new AtomicInteger(-1);

  private final ReadyBuckets ready;

  Turns(ReadyBuckets ready) {
    this.ready = ready;
  }

  /** The stay of the thread that asks. */
  Stay stay() {
    return stays.get();
  }

  /** The ready bucket whose turn is next; negative if there is none. */
  int next() {
    int next = ready.after(last.getPlain());
    if (next >= 0) {
      last.setPlain(next);
    }
    return next;
  }

  /** A thread's stay with a bucket. Belongs to the thread. */
  static final class Stay {
    private int bucket;
    private int left;
    private long until;

    /** Whether one more key of {@link #bucket} should be taken; counts it. */
    boolean goesOn(long now) {
      if (left == 0 || until - now <= 0) {
        return false;
      }
      left--;
      return true;
    }

    int bucket() {
      return bucket;
    }

    /** A first key of a bucket has been taken. */
    void begin(int another, long now) {
      bucket = another;
      left = MOST - 1;
      until = now + LONGEST_NANOS;
    }
  }
}
