package dev.leasehold.controller;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Keys whose resources this replica has lately seen go. Their last run, the one without a resource,
 * may still wait, fail or be on its way on the replica that leads them, and no cache tells of them
 * any more: so whoever leads their bucket next runs them once more.
 *
 * <p>Every replica remembers, whoever leads, for {@link #KEPT} or until a run here has dealt with
 * the key. Of more than {@value #MOST} keys the oldest are forgotten.
 *
 * <p>Decides by the time it is given. Thread-safe.
 */
final class RecentDeletions {

  /** How many keys are remembered. */
  static final int MOST = 10_000;

  /** For how long: twice the longest usual backoff. */
  static final Duration KEPT = Duration.ofMinutes(10);

  /** When each was seen to go, in that order. Guarded by this. */
  private final Map<ResourceKey, Long> seenNanos = new LinkedHashMap<>();

  /** The same keys by bucket. Changed under this. */
  private final KeyIndex index;

  RecentDeletions(ToIntFunction<? super ResourceKey> bucketOf) {
    this.index = new KeyIndex(bucketOf);
  }

  /** The key's resource is gone. */
  synchronized void add(ResourceKey key, long nowNanos) {
    // Taken out first, since a key that is put again keeps its place.
    remove(key);
    seenNanos.put(key, nowNanos);
    index.add(key);
    forgetTheOld(nowNanos);
  }

  /** There is a resource of this key again. */
  synchronized void remove(ResourceKey key) {
    if (seenNanos.remove(key) != null) {
      index.remove(key);
    }
  }

  /** A run that began then has dealt with the key's absence, if it was known by then. */
  synchronized void settle(ResourceKey key, long beganNanos) {
    Long seen = seenNanos.get(key);
    if (seen != null && seen - beganNanos <= 0) {
      remove(key);
    }
  }

  /** Those of a bucket that are remembered. */
  synchronized List<ResourceKey> keysOf(int bucket, long nowNanos) {
    forgetTheOld(nowNanos);
    return index.keysOf(bucket).toList();
  }

  private void forgetTheOld(long nowNanos) {
    Iterator<Map.Entry<ResourceKey, Long>> oldest = seenNanos.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<ResourceKey, Long> entry = oldest.next();
      if (seenNanos.size() <= MOST && nowNanos - entry.getValue() <= KEPT.toNanos()) {
        return;
      }
      oldest.remove();
      index.remove(entry.getKey());
    }
  }
}
