package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The cached resources of a controller's own type, indexed by bucket.
 *
 * <p>Thread-safe; reads never block.
 */
final class BucketCache<R extends HasMetadata> {

  private final List<TypeInformer<R>> informers;
  private final String index;

  BucketCache(
      Controller<R> controller, Informers all, ToIntFunction<? super ResourceKey> bucketOf) {
    this.informers =
        TypeScope.of(controller.type(), controller.namespaces()).stream().map(all::of).toList();
    this.index = "leasehold.dev/" + controller.name();
    informers.forEach(
        informer ->
            informer.addIndex(
                index,
                resource -> Integer.toString(bucketOf.applyAsInt(ResourceKey.of(resource)))));
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
    String value = Integer.toString(bucket);
    return informers.stream()
        .flatMap(informer -> informer.byIndex(index, value).stream())
        .map(ResourceKey::of);
  }

  void close() {
    informers.forEach(informer -> informer.removeIndex(index));
  }
}
