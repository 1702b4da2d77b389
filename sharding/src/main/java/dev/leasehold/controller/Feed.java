package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the events of some informers of one type into keys, and does nothing else: all handlers of
 * an informer share one thread.
 *
 * <p>Thread-safe.
 */
final class Feed<T extends HasMetadata> implements ResourceEventHandler<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final List<TypeInformer<T>> informers;
  private final Function<? super T, ? extends Collection<ResourceKey>> keysOf;
  private final Consumer<ResourceKey> sink;

  private Feed(
      List<TypeInformer<T>> informers,
      Function<? super T, ? extends Collection<ResourceKey>> keysOf,
      Consumer<ResourceKey> sink) {
    this.informers = informers;
    this.keysOf = keysOf;
    this.sink = sink;
  }

  /** The events of a controller's own type. */
  static <R extends HasMetadata> Feed<R> primary(BucketCache<R> cache, Consumer<ResourceKey> sink) {
    return new Feed<R>(cache.informers(), resource -> List.of(ResourceKey.of(resource)), sink)
        .listen();
  }

  /** The events of a second type, for the keys that they matter to. */
  static <S extends HasMetadata> Feed<S> secondary(
      Controller<?> controller, Secondary<S> secondary, Informers all, Consumer<ResourceKey> sink) {
    List<TypeInformer<S>> informers =
        TypeScope.of(secondary.type(), controller.namespaces()).stream().map(all::of).toList();
    return new Feed<>(informers, secondary.keysOf(), sink).listen();
  }

  List<TypeInformer<T>> informers() {
    return informers;
  }

  void close() {
    informers.forEach(informer -> informer.removeHandler(this));
  }

  @Override
  public void onAdd(T resource) {
    keysOf(resource).forEach(sink);
  }

  @Override
  public void onUpdate(T before, T after) {
    List<ResourceKey> keys = keysOf(after);
    keys.forEach(sink);
    List<ResourceKey> earlier = keysOf(before);
    if (!earlier.equals(keys)) {
      earlier.forEach(sink);
    }
  }

  @Override
  public void onDelete(T resource, boolean finalStateUnknown) {
    keysOf(resource).forEach(sink);
  }

  private Feed<T> listen() {
    informers.forEach(informer -> informer.addHandler(this));
    return this;
  }

  private List<ResourceKey> keysOf(T resource) {
    try {
      // A copy, because that refuses nulls here and not on the way to the queue.
      return List.copyOf(keysOf.apply(resource));
    } catch (RuntimeException e) {
      LOG.error(
          "The mapping of {} {} to keys has failed; its change is ignored.",
          resource.getKind(),
          ResourceKey.of(resource),
          e);
      return List.of();
    }
  }
}
