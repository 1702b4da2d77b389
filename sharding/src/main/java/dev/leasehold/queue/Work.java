package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;

/**
 * A key taken from a {@link WorkQueue}: whoever has it runs it, and then tells the queue exactly
 * once how it went.
 *
 * <p>Immutable to those who take it.
 *
 * @param <K> what the keys are
 */
public final class Work<K> {

  final SharedBucket<K> from;
  final KeyEntry<K> entry;
  private final Lane lane;
  private final int attempt;
  private final long dueNanos;

  /** Whether the queue has been told. Guarded by the lock of its bucket. */
  private boolean settled;

  Work(SharedBucket<K> from, KeyEntry<K> entry) {
    this.from = from;
    this.entry = entry;
    this.lane = entry.lane;
    this.attempt = entry.failures + 1;
    this.dueNanos = entry.due;
  }

  /** What to work on. */
  public K key() {
    return entry.key;
  }

  /** The key's bucket. */
  public Bucket bucket() {
    return from.permit.bucket();
  }

  /** The lane that the key came by. */
  public Lane lane() {
    return lane;
  }

  /** 1, and one more for each failure in a row before. */
  public int attempt() {
    return attempt;
  }

  /**
   * Since when the key was due to be taken, on the monotonic clock; means nothing if its queue does
   * not time its keys.
   */
  public long dueNanos() {
    return dueNanos;
  }

  /** The permission to go on; it may have lapsed since the key was taken. */
  public Permit permit() {
    return from.permit;
  }

  void settle() {
    if (settled) {
      throw new IllegalStateException(
          "The queue has already been told how %s went.".formatted(key()));
    }
    settled = true;
  }
}
