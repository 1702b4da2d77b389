package dev.leasehold.queue;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn it is. Ready buckets go round; a thread whose runs are shorter than {@link
 * #LONGEST_NANOS} stays with its bucket for as long, and for {@link #MOST} keys at most, since what
 * is in its processor's cache is taken many times as quickly as what another has just changed.
 *
 * <p>So a bucket waits no longer than that for a thread that is with another one, beyond the run
 * that this has begun; and where runs take longer, each key is another bucket's. Thread-safe.
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
