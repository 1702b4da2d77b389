package dev.leasehold.controller;

import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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
  private final Ports ports;

  /** Takes the keys that an event concerns. */
  interface Sink {

    /** There is a new state of a resource. */
    void changed(HasMetadata resource, Collection<ResourceKey> keys);

    /** A resource is gone. */
    void deleted(Collection<ResourceKey> keys);
  }

  /**
   * What all feeds of a controller have in common.
   *
   * @param sink where their keys go
   * @param calls which threads of the informers are with which event since when
   * @param clocks by which that is measured
   * @param complaints how loudly to log what a filter or a mapper does wrong
   * @param tally counts what becomes of events
   */
  record Ports(
      Sink sink, RunningThreads calls, Clocks clocks, EventComplaints complaints, Tally tally) {}

  private Feed(
      Source<T> source,
      List<TypeInformer<T>> informers,
      Function<? super T, ? extends Collection<ResourceKey>> keysOf,
      Ports ports) {
    this.source = source;
    this.informers = informers;
    this.keysOf = keysOf;
    this.ports = ports;
  }

  /** The events of a controller's own type. */
  static <R extends HasMetadata> Feed<R> primary(
      Controller<R> controller, BucketCache<R> cache, Ports ports) {
    return new Feed<>(
            controller.source(),
            cache.informers(),
            resource -> List.of(ResourceKey.of(resource)),
            ports)
        .listen();
  }

  /** The events of a second type, for the keys that they matter to. */
  static <S extends HasMetadata> Feed<S> secondary(
      Controller<?> controller, Secondary<S> secondary, Informers all, Ports ports) {
    return new Feed<>(
            secondary.source(),
            all.of(secondary.source(), secondary.source().namespacesIn(controller.namespaces())),
            secondary.keysOf(),
            ports)
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
    noted(resource, () -> ports.sink().changed(resource, keysOf(resource)));
  }

  @Override
  public void onUpdate(T before, T after) {
    noted(after, () -> update(before, after));
  }

  @Override
  public void onDelete(T resource, boolean finalStateUnknown) {
    noted(resource, () -> ports.sink().deleted(keysOf(resource)));
  }

  /** So that it is found out if a filter or a mapper keeps the thread. */
  private void noted(T resource, Runnable call) {
    ports.calls().begin(ResourceKey.of(resource), ports.clocks().nanos());
    try {
      call.run();
    } finally {
      ports.calls().leave();
    }
  }

  private void update(T before, T after) {
    if (!accepts(before, after)) {
      ports.tally().count(Occurrence.EVENT_FILTERED);
      return;
    }
    Set<ResourceKey> keys = new LinkedHashSet<>(keysOf(after));
    keys.addAll(keysOf(before));
    ports.sink().changed(after, keys);
  }

  private Feed<T> listen() {
    informers.forEach(informer -> informer.addHandler(this));
    return this;
  }

  private boolean accepts(T before, T after) {
    try {
      return source.accepts(before, after);
    } catch (RuntimeException | Error e) {
      complain(
          Occurrence.FILTER_FAILED,
          "A filter has failed for {} {}; its update is let through.",
          after,
          e);
      return true;
    }
  }

  private List<ResourceKey> keysOf(T resource) {
    try {
      // A copy, because that refuses nulls here and not on the way to the queue.
      return List.copyOf(keysOf.apply(resource));
    } catch (RuntimeException | Error e) {
      complain(
          Occurrence.MAPPER_FAILED,
          "The mapping of {} {} to keys has failed; its change is ignored.",
          resource,
          e);
      return List.of();
    }
  }

  /** The sentence has places for the type and the key. */
  private void complain(Occurrence what, String sentence, T resource, Throwable cause) {
    ports.tally().count(what);
    LOG.atLevel(ports.complaints().level(what, Level.ERROR))
        .setCause(cause)
        .log(sentence, source.type(), ResourceKey.of(resource));
  }
}
