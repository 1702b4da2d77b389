package dev.leasehold.simulation;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The resources of one controller's type, in the cluster: each has a revision that grows with every
 * change, and remembers which one has been dispatched.
 */
final class Keys {

  final BucketSet buckets;
  private final Map<String, Integer> revisions = new TreeMap<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<String, Integer> dispatched = new HashMap<>();
  private final List<BiConsumer<String, Integer>> informers = new ArrayList<>();

  Keys(String controller, int buckets, int keys) {
    this.buckets = BucketSet.of(controller, buckets, KeyHash.NAME);
    for (int i = 0; i < keys; i++) {
      String key = "key-" + i;
      revisions.put(key, 1);
      indexes.put(key, this.buckets.bucketOf("default", key, null).index());
    }
  }

  List<String> names() {
    return List.copyOf(revisions.keySet());
  }

  int bucketOf(String key) {
    return indexes.getOrDefault(key, 0);
  }

  Map<String, Integer> revisions() {
    return revisions;
  }

  void change(String key) {
    int revision = revisions.merge(key, 1, Integer::sum);
    informers.forEach(informer -> informer.accept(key, revision));
  }

  /** Calls back with every change. */
  void inform(BiConsumer<String, Integer> informer) {
    informers.add(informer);
  }

  void informNoMore(BiConsumer<String, Integer> informer) {
    informers.remove(informer);
  }

  void dispatched(String key, int revision) {
    dispatched.merge(key, revision, Math::max);
  }

  /** The keys whose last change no run has seen. */
  List<String> overdue() {
    return revisions.entrySet().stream()
        .filter(entry -> dispatched.getOrDefault(entry.getKey(), 0) < entry.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }
}
