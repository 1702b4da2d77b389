package dev.leasehold.queue;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What each thread has taken from a queue and not told the end of, in the order of taking. Each
 * thread touches what is its own alone.
 */
final class Taken {

  /** More than Lincheck uses. */
  private static final int THREADS = 8;

  private final AtomicReferenceArray<@Nullable ArrayDeque<Work<Integer>>> works =
      new AtomicReferenceArray<>(THREADS);

  void add(int thread, Work<Integer> work) {
    of(thread).addLast(work);
  }

  /** The one that was taken first, if there is one. */
  @Nullable Work<Integer> pollFirst(int thread) {
    return of(thread).pollFirst();
  }

  private ArrayDeque<Work<Integer>> of(int thread) {
    ArrayDeque<Work<Integer>> own = works.get(thread);
    if (own == null) {
      own = new ArrayDeque<>();
      works.set(thread, own);
    }
    return own;
  }
}
