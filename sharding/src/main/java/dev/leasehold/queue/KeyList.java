package dev.leasehold.queue;

import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out list threaded through its entries, so that any of them can leave in O(1).
 *
 * <p>Not thread-safe. An entry is in one list at a time.
 */
final class KeyList<K> {

  private @Nullable KeyEntry<K> first;
  private @Nullable KeyEntry<K> last;
  private int size;

  boolean isEmpty() {
    return first == null;
  }

  int size() {
    return size;
  }

  void addLast(KeyEntry<K> entry) {
    KeyEntry<K> before = last;
    entry.previous = before;
    entry.next = null;
    last = entry;
    size++;
    if (before == null) {
      first = entry;
    } else {
      before.next = entry;
    }
  }

  @Nullable KeyEntry<K> pollFirst() {
    KeyEntry<K> entry = first;
    if (entry != null) {
      remove(entry);
    }
    return entry;
  }

  /** Removes an entry that is in this list. */
  void remove(KeyEntry<K> entry) {
    KeyEntry<K> before = entry.previous;
    KeyEntry<K> after = entry.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    entry.previous = null;
    entry.next = null;
    size--;
  }
}
