package dev.leasehold.controller;

import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * All that a controller hears: the feed of its own type and those of what it owns and watches, with
 * the informers behind them.
 *
 * <p>Thread-safe.
 */
final class Feeds implements AutoCloseable {

  private final Clocks clocks;
  private final List<Feed<?>> feeds = new ArrayList<>();
  private final Set<TypeInformer<?>> informers = new LinkedHashSet<>();
  private final Watchdog watchdog;

  /** Listens from now on; the informers are started by {@link #start}. */
  <R extends HasMetadata> Feeds(
      Controller<R> controller,
      BucketCache<R> cache,
      Feed.Sink sink,
      EventComplaints complaints,
      ControllerPorts ports) {
    this.clocks = ports.clocks();
    RunningThreads calls = new RunningThreads();
    this.watchdog = Watchdog.ofFeeds(controller, calls, clocks, ports.tally());
    Feed.Ports common = new Feed.Ports(sink, calls, clocks, complaints, ports.tally());
    feeds.add(Feed.primary(controller, cache, common));
    for (Secondary<?> secondary : controller.secondaries()) {
      feeds.add(Feed.secondary(controller, secondary, ports.informers(), common));
    }
    feeds.forEach(feed -> informers.addAll(feed.informers()));
  }

  void start() {
    informers.forEach(TypeInformer::start);
  }

  /** Completes when all caches have been filled for the first time; never exceptionally. */
  CompletionStage<Void> synced() {
    return CompletableFuture.allOf(
        informers.stream()
            .map(informer -> informer.synced().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Completes exceptionally with a {@link StartFailure} as soon as the API server refuses a list;
   * in no other way.
   */
  CompletionStage<Void> refused() {
    CompletableFuture<Void> refused = new CompletableFuture<>();
    for (TypeInformer<?> informer : informers) {
      // The first refusal is the answer, even if others stay silent.
      informer
          .answered()
          .exceptionally(
              refusal -> {
                refused.completeExceptionally(refusal);
                return null;
              });
    }
    return refused;
  }

  /** Looks whether all watches stand, which doesn't block; call it every second or so. */
  void look() {
    informers.forEach(informer -> informer.look(clocks.nanos()));
  }

  /** What notices that a filter or a mapper takes too long. */
  Watchdog watchdog() {
    return watchdog;
  }

  /** What keeps news from coming just now, if something does. */
  Optional<String> problem() {
    return watchdog
        .complaint()
        .or(
            () ->
                informers.stream()
                    .flatMap(informer -> informer.problem().stream())
                    .map(StartFailure::getMessage)
                    .findFirst());
  }

  /** That a cache will never follow the API server again, if it is so. */
  Optional<String> death() {
    return informers.stream().flatMap(informer -> informer.death().stream()).findFirst();
  }

  /** Hears nothing more; the informers belong to all controllers and go on. */
  @Override
  public void close() {
    feeds.forEach(Feed::close);
  }
}
