package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The cached resources of a controller's own type, indexed by bucket.
 *
 * <p>The index hears of an event before the controller does, because it listens first: so a key
 * that is not in the index when a bucket opens is heard of after that.
 *
 * <p>Thread-safe; reads never block.
 */
final class BucketCache<R extends HasMetadata> implements ResourceEventHandler<R> {

  private final List<TypeInformer<R>> informers;
  private final KeyIndex index;

  /** Has to be made before anything that listens to the same informers for the controller. */
  BucketCache(
      Controller<R> controller, Informers all, ToIntFunction<? super ResourceKey> bucketOf) {
    this.index = new KeyIndex(bucketOf);
    this.informers = all.of(controller.source(), controller.namespaces());
  }

  /** Keeps the index from now on. */
  BucketCache<R> listen() {
    informers.forEach(informer -> informer.addHandler(this));
    return this;
  }

  List<TypeInformer<R>> informers() {
    return informers;
  }

  Optional<R> get(ResourceKey key) {
    for (TypeInformer<R> informer : informers) {
      Optional<R> found = informer.get(key);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The keys of a bucket's cached resources, by the index. */
  Stream<ResourceKey> keysOf(int bucket) {
    return index.keysOf(bucket);
  }

  @Override
  public void onAdd(R resource) {
    index.add(ResourceKey.of(resource));
  }

  @Override
  public void onUpdate(R before, R after) {}

  @Override
  public void onDelete(R resource, boolean finalStateUnknown) {
    index.remove(ResourceKey.of(resource));
  }

  void close() {
    informers.forEach(informer -> informer.removeHandler(this));
  }
}
