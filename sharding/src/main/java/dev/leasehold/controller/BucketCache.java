package dev.leasehold.controller;

import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private final ToIntFunction<? super ResourceKey> bucketOf;
  private final @Nullable Departures<R> departures;
  private final RecentDeletions deletions;
  private final Clocks clocks;

  /** Whether a resource that has gone is one that has been deleted. */
  private final boolean goneIsDeleted;

  /** Has to be made before anything that listens to the same informers for the controller. */
  BucketCache(
      Controller<R> controller,
      ControllerPorts ports,
      ToIntFunction<? super ResourceKey> bucketOf) {
    this.index = new KeyIndex(bucketOf);
    this.bucketOf = bucketOf;
    this.informers = ports.informers().of(controller.source(), controller.namespaces());
    this.departures = Departures.of(controller, ports.client()).orElse(null);
    this.deletions = new RecentDeletions(bucketOf);
    this.goneIsDeleted = !controller.source().selects();
    this.clocks = ports.clocks();
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

  /** What may have left the view without being gone; null if nothing can. */
  @Nullable Departures<R> departures() {
    return departures;
  }

  /**
   * The keys of a bucket's cached resources, by the index, and of what has been deleted lately or
   * has left with a rest.
   */
  Stream<ResourceKey> keysOf(int bucket) {
    Stream<ResourceKey> gone =
        departures == null
            ? deletions.keysOf(bucket, clocks.nanos()).stream()
            : departures.keys().stream().filter(key -> bucketOf.applyAsInt(key) == bucket);
    return Stream.concat(index.keysOf(bucket), gone);
  }

  /** A run of the key that began then has come off; whether it saw a resource doesn't matter. */
  void dealtWith(ResourceKey key, long beganNanos) {
    deletions.settle(key, beganNanos);
  }

  @Override
  public void onAdd(R resource) {
    ResourceKey key = ResourceKey.of(resource);
    index.add(key);
    deletions.remove(key);
    if (departures != null) {
      departures.settle(key);
    }
  }

  @Override
  public void onUpdate(R before, R after) {}

  @Override
  public void onDelete(R resource, boolean finalStateUnknown) {
    ResourceKey key = ResourceKey.of(resource);
    index.remove(key);
    if (goneIsDeleted) {
      deletions.add(key, clocks.nanos());
    }
    if (departures != null) {
      departures.left(resource, finalStateUnknown);
    }
  }

  void close() {
    informers.forEach(informer -> informer.removeHandler(this));
  }
}
