package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a controller is: which resources it looks after, in how many buckets, and what it does with
 * them.
 *
 * <p>A description without life; a {@code ControllerManager} runs it. Immutable, and as thread-safe
 * as its reconciler.
 *
 * @param <R> the resource type that it looks after
 */
public final class Controller<R extends HasMetadata> {

  private final Source<R> source;
  private final String name;
  private final int buckets;
  private final Set<String> namespaces;
  private final List<Secondary<?>> secondaries;
  private final int workers;
  private final Optional<Duration> resync;
  private final boolean virtualThreads;
  private final RetryPolicy retryPolicy;
  private final Optional<Duration> timeout;
  private final Optional<Observer<R>> observer;
  private final Reconciler<R> reconciler;
  private final Optional<Cleanup<R>> cleanup;

  Controller(ControllerBuilder<R> builder, Reconciler<R> reconciler) {
    this.source = builder.source;
    this.name = builder.name;
    this.buckets = builder.buckets;
    this.namespaces = Set.copyOf(builder.namespaces);
    this.secondaries = List.copyOf(builder.secondaries);
    this.workers = builder.workers;
    this.resync = Optional.ofNullable(builder.resync);
    this.virtualThreads = builder.virtualThreads;
    this.retryPolicy = builder.retryPolicy;
    this.timeout = Optional.ofNullable(builder.timeout);
    this.observer =
        builder.observers.isEmpty()
            ? Optional.empty()
            : Optional.of(new Observers<>(builder.observers));
    this.reconciler = reconciler;
    this.cleanup =
        Optional.ofNullable(builder.cleanup)
            .map(does -> new Cleanup<>(builder.finalizerOrDefault(), does));
  }

  /**
   * Begins the description of a controller: named like the kind in lower case, one bucket, all
   * namespaces, 4 workers, retries without end after 5 ms to 5 min, no timeout, no resync.
   *
   * @param type the resource type that it looks after
   * @param <R> the resource type
   */
  public static <R extends HasMetadata> ControllerBuilder<R> of(Class<R> type) {
    return of(Source.of(type));
  }

  /**
   * The same for some resources of a type, or for a type that has no Java class.
   *
   * @param source which resources it looks after, and which of their updates matter
   * @param <R> the resource type
   */
  public static <R extends HasMetadata> ControllerBuilder<R> of(Source<R> source) {
    return new ControllerBuilder<>(source);
  }

  /** The name: a DNS-1123 label, part of the names of its Leases. */
  public String name() {
    return name;
  }

  /** The resource type that it looks after. */
  public Class<R> type() {
    return source.type().javaClass();
  }

  Source<R> source() {
    return source;
  }

  /** Into how many buckets its keys are divided, 1 to 4096. */
  public int buckets() {
    return buckets;
  }

  /** The namespaces that it looks at; empty for all, and for cluster-scoped types. */
  public Set<String> namespaces() {
    return namespaces;
  }

  /** How many keys may run at once on one replica, 1 or more. */
  public int workers() {
    return workers;
  }

  /** How often each key of a led bucket is looked at again, if it is. */
  public Optional<Duration> resync() {
    return resync;
  }

  /** Whether its workers are virtual threads. */
  public boolean virtualThreads() {
    return virtualThreads;
  }

  /** How often in a row a failed key is retried; {@code Integer.MAX_VALUE} for without end. */
  public int retries() {
    return retryPolicy.most();
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** How long a run may take before its thread is interrupted, if that is limited. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  Optional<Observer<R>> observer() {
    return observer;
  }

  /** What it does. */
  public Reconciler<R> reconciler() {
    return reconciler;
  }

  /** The finalizer that its cleanup needs; empty if it has no cleanup. */
  public Optional<String> finalizer() {
    return cleanup.map(Cleanup::finalizer);
  }

  Optional<Cleanup<R>> cleanup() {
    return cleanup;
  }

  /** Whether a key can be one of its own. */
  boolean looksAt(ResourceKey key) {
    if (!source.type().namespaced()) {
      return key.namespace().isEmpty();
    }
    return namespaces.isEmpty() ? !key.namespace().isEmpty() : namespaces.contains(key.namespace());
  }

  List<Secondary<?>> secondaries() {
    return secondaries;
  }

  @Override
  public String toString() {
    return "controller %s of %s in %d buckets".formatted(name, source.type(), buckets);
  }
}
