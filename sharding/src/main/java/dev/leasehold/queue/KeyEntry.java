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

  // Neighbours in the one list that it is in.
  @Nullable KeyEntry<K> previous;
  @Nullable KeyEntry<K> next;

  KeyEntry(K key, int hash) {
    this.key = key;
    this.hash = hash;
  }
}
