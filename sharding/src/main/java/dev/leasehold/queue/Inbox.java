package dev.leasehold.queue;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keys on their way into a bucket that has others to run: put here by any thread without the
 * bucket's lock, collected by whoever holds it next. So a crowd of producers and workers passes the
 * bucket's insides from processor to processor once for many keys, and not for each.
 *
 * <p>It is a stack of entries (R. K. Treiber, 1986) that is only ever emptied as a whole. While it
 * is closed it takes nothing; an open one may take as much as {@link #ROOM}, and one more for each
 * thread that comes at the same moment. {@link #offer} is thread-safe, all else is guarded by the
 * bucket's lock.
 */
final class Inbox<K> {

  /** The most that wait here; whoever finds it full takes the lock and so collects them. */
  static final int ROOM = 64;

  /** What came last, collected or not; nothing while closed. */
  private final AtomicReference<@Nullable KeyEntry<K>> newest = new AtomicReference<>();

  /** What had come last when it was collected or opened. Written under the bucket's lock. */
  private volatile @Nullable KeyEntry<K> collected;

  /** Takes an entry that is nowhere yet, unless it is closed or full; whether it does. */
  boolean offer(KeyEntry<K> entry) {
    KeyEntry<K> before = newest.get();
    while (before != null) {
      int depth = before == collected ? 1 : before.depth + 1;
      if (depth > ROOM) {
        break;
      }
      entry.depth = (byte) depth;
      entry.next = before;
      if (newest.weakCompareAndSetVolatile(before, entry)) {
        return true;
      }
      before = newest.get();
    }
    entry.next = null;
    return false;
  }

  boolean isOpen() {
    return newest.getPlain() != null;
  }

  /**
   * Takes entries from now on, if it does not yet.
   *
   * @param mark any entry that is not in here, for the end of the stack
   */
  void open(KeyEntry<K> mark) {
    if (!isOpen()) {
      collected = mark;
      newest.set(mark);
    }
  }

  /** Takes nothing more from now on, unless something is in here; whether that is so. */
  boolean close() {
    return newest.compareAndSet(collected, null);
  }

  /** Lets go of what is in here and takes nothing more. */
  void drop() {
    newest.set(null);
    collected = null;
  }

  /** Empties it; returns what came first, each followed by its next. */
  @Nullable KeyEntry<K> collect() {
    KeyEntry<K> last = newest.get();
    KeyEntry<K> end = collected;
    if (last == null || last == end) {
      return null;
    }
    collected = last;
    KeyEntry<K> first = null;
    KeyEntry<K> entry = last;
    while (entry != null && entry != end) {
      KeyEntry<K> older = entry.next;
      entry.next = first;
      first = entry;
      entry = older;
    }
    return first;
  }
}
