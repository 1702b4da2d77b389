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

  final BucketQueue<K> queue;
  final KeyEntry<K> entry;
  private final Lane lane;
  private final int attempt;

  /** Whether the queue has been told. Guarded by the lock of the queue. */
  private boolean settled;

  Work(BucketQueue<K> queue, KeyEntry<K> entry) {
    this.queue = queue;
    this.entry = entry;
    this.lane = entry.lane;
    this.attempt = entry.failures + 1;
  }

  /** What to work on. */
  public K key() {
    return entry.key;
  }

  /** The key's bucket. */
  public Bucket bucket() {
    return queue.permit.bucket();
  }

  /** The lane that the key came by. */
  public Lane lane() {
    return lane;
  }

  /** 1, and one more for each failure in a row before. */
  public int attempt() {
    return attempt;
  }

  /** The permission to go on; it may have lapsed since the key was taken. */
  public Permit permit() {
    return queue.permit;
  }

  void settle() {
    if (settled) {
      throw new IllegalStateException(
          "The queue has already been told how %s went.".formatted(key()));
    }
    settled = true;
  }
}
