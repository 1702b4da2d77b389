package dev.leasehold.controller;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** The key's resource is gone. */
  synchronized void add(ResourceKey key, long nowNanos) {
    // Taken out first, since a key that is put again keeps its place.
    seenNanos.remove(key);
    seenNanos.put(key, nowNanos);
    if (seenNanos.size() > MOST) {
      seenNanos.remove(seenNanos.keySet().iterator().next());
    }
  }

  /** There is a resource again, or a run has dealt with its absence. */
  synchronized void remove(ResourceKey key) {
    seenNanos.remove(key);
  }

  /** All that are remembered, oldest first. */
  synchronized List<ResourceKey> keys(long nowNanos) {
    seenNanos.values().removeIf(seen -> nowNanos - seen > KEPT.toNanos());
    return List.copyOf(seenNanos.keySet());
  }
}
