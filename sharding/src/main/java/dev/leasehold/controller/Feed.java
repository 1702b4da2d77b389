package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the events of one source into keys, and does nothing else: all handlers of an informer
 * share one thread. Whatever a filter or a mapper does wrong ends here.
 *
 * <p>Thread-safe.
 */
final class Feed<T extends HasMetadata> implements ResourceEventHandler<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  private final Source<T> source;
  private final List<TypeInformer<T>> informers;
  private final Function<? super T, ? extends Collection<ResourceKey>> keysOf;
  private final Sink sink;
  private final Tally tally;

  /** Takes the keys that an event concerns. */
  interface Sink {

    /** There is a new state of a resource. */
    void changed(HasMetadata resource, Collection<ResourceKey> keys);

    /** A resource is gone. */
    void deleted(Collection<ResourceKey> keys);
  }

  private Feed(
      Source<T> source,
      List<TypeInformer<T>> informers,
      Function<? super T, ? extends Collection<ResourceKey>> keysOf,
      Sink sink,
      Tally tally) {
    this.source = source;
    this.informers = informers;
    this.keysOf = keysOf;
    this.sink = sink;
    this.tally = tally;
  }

  /** The events of a controller's own type. */
  static <R extends HasMetadata> Feed<R> primary(
      Controller<R> controller, BucketCache<R> cache, Sink sink, Tally tally) {
    return new Feed<>(
            controller.source(),
            cache.informers(),
            resource -> List.of(ResourceKey.of(resource)),
            sink,
            tally)
        .listen();
  }

  /** The events of a second type, for the keys that they matter to. */
  static <S extends HasMetadata> Feed<S> secondary(
      Controller<?> controller, Secondary<S> secondary, Informers all, Sink sink, Tally tally) {
    return new Feed<>(
            secondary.source(),
            all.of(secondary.source(), secondary.source().namespacesIn(controller.namespaces())),
            secondary.keysOf(),
            sink,
            tally)
        .listen();
  }

  List<TypeInformer<T>> informers() {
    return informers;
  }

  void close() {
    informers.forEach(informer -> informer.removeHandler(this));
  }

  @Override
  public void onAdd(T resource) {
    sink.changed(resource, keysOf(resource));
  }

  @Override
  public void onUpdate(T before, T after) {
    if (!accepts(before, after)) {
      tally.count(Occurrence.EVENT_FILTERED);
      return;
    }
    Set<ResourceKey> keys = new LinkedHashSet<>(keysOf(after));
    keys.addAll(keysOf(before));
    sink.changed(after, keys);
  }

  @Override
  public void onDelete(T resource, boolean finalStateUnknown) {
    sink.deleted(keysOf(resource));
  }

  private Feed<T> listen() {
    informers.forEach(informer -> informer.addHandler(this));
    return this;
  }

  private boolean accepts(T before, T after) {
    try {
      return source.accepts(before, after);
    } catch (RuntimeException | Error e) {
      tally.count(Occurrence.FILTER_FAILED);
      LOG.error(
          "A filter has failed for {} {}; its update is let through.",
          source.type(),
          ResourceKey.of(after),
          e);
      return true;
    }
  }

  private List<ResourceKey> keysOf(T resource) {
    try {
      // A copy, because that refuses nulls here and not on the way to the queue.
      return List.copyOf(keysOf.apply(resource));
    } catch (RuntimeException | Error e) {
      tally.count(Occurrence.MAPPER_FAILED);
      LOG.error(
          "The mapping of {} {} to keys has failed; its change is ignored.",
          source.type(),
          ResourceKey.of(resource),
          e);
      return List.of();
    }
  }
}
