package dev.leasehold.queue;

import org.jspecify.annotations.Nullable;

/**
 * All that a bucket's queue knows about one key. Exists only while the key waits, runs or has
 * failed.
 *
 * <p>Guarded by the lock of its queue.
 */
final class KeyEntry<K> extends DeadlineHeap.Node {

  /** Where a key is; always in exactly one place. */
  enum Phase {
    /** In no place yet. */
    NEW,
    /** In the list of its lane. */
    QUEUED,
    /** In the heap until it is due. */
    DELAYED,
    /** A retry that is due and waits for a token of the rate limit. */
    DUE,
    /** With a worker. */
    RUNNING
  }

  final K key;
  final int hash;

  /** The next entry with the same place in the {@link KeyTable}. */
  @Nullable KeyEntry<K> chained;

  Phase phase = Phase.NEW;

  /** The lane that it waits in, comes back to or was taken from. */
  Lane lane = Lane.BACKGROUND;

  /** While delayed: whether it waits after a failure rather than on request. */
  boolean retrying;

  /** Failures in a row. */
  int failures;

  /** While running: the lane in which to run once more, if something was added meanwhile. */
  @Nullable Lane again;

  /** While running: whether a delayed add came meanwhile, {@link #due} then. */
  boolean later;

  /** While in the {@link Inbox}: how many there were with it when it came. */
  byte depth;

  // Neighbours in the one list that it is in; in the inbox, the next is the one that came before.
  @Nullable KeyEntry<K> previous;
  @Nullable KeyEntry<K> next;

  /** The entry that a key gets if it has none. */
  KeyEntry(K key) {
    this.key = key;
    this.hash = KeyTable.spread(key);
  }
}
