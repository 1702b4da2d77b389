package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one cache and watch of a type in a scope, shared by all controllers that look at it.
 *
 * <p>It never gives up: a failed list or watch is tried again with a growing interval, whatever the
 * reason, so a type that appears later or a permission that comes back heals by itself. Until then
 * {@link #problem} says in a sentence what is wrong.
 *
 * <p>Thread-safe. Handlers are called one after the other on a thread of the client's, after the
 * cache has changed, and must not block.
 */
final class TypeInformer<T extends HasMetadata> {

  private static final Logger LOG = LoggerFactory.getLogger(TypeInformer.class);

  private static final ThreadFactory ASKING = WorkerThreads.platform("leasehold-asks-");

  private final KubernetesClient client;
  private final TypeScope<T> scope;
  private final SharedIndexInformer<T> informer;
  private final CompletableFuture<Void> answered = new CompletableFuture<>();
  private final CompletableFuture<Void> synced = new CompletableFuture<>();
  private final AtomicBoolean started = new AtomicBoolean();

  // Guarded by itself.
  private final Outage outage = new Outage();

  private volatile @Nullable StartFailure problem;
  private volatile boolean closed;
  private volatile boolean dead;

  TypeInformer(KubernetesClient client, TypeScope<T> scope) {
    this.client = client;
    this.scope = scope;
    this.informer = scope.informer(client);
    informer.exceptionHandler(
        (wasStarted, cause) -> {
          failed(cause);
          return true;
        });
    informer.addEventHandler(new Recovery());
  }

  /** Starts listing and watching, if that has not been done yet. */
  void start() {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    informer.stopped().whenComplete((nothing, cause) -> end(cause));
    informer
        .start()
        .thenRun(
            () -> {
              problem = null;
              synced.complete(null);
              answered.complete(null);
            });
  }

  /**
   * Completes with the first sync, or exceptionally with a {@link StartFailure} as soon as the API
   * server refuses for a reason that waiting doesn't mend: no such type, no permission.
   */
  CompletionStage<Void> answered() {
    return answered;
  }

  /** Completes when the cache has been filled for the first time; never exceptionally. */
  CompletionStage<Void> synced() {
    return synced;
  }

  /** What keeps the cache from following the API server just now, if something does. */
  Optional<StartFailure> problem() {
    return Optional.ofNullable(problem);
  }

  /** That the cache will never follow again, if it is so: what only a restart mends. */
  Optional<String> death() {
    return dead ? Optional.of(deathOf()) : Optional.empty();
  }

  private String deathOf() {
    return "The watch of %s has ended for good.".formatted(scope);
  }

  /**
   * Looks whether the watch stands, and finds out why if it has been down for a while. Call it
   * every second or so; it doesn't block.
   */
  void look(long nowNanos) {
    if (closed || !synced.isDone()) {
      return;
    }
    boolean isWatching = informer.isWatching();
    if (isWatching) {
      problem = null;
    }
    boolean isLong;
    synchronized (outage) {
      if (!outage.isToBeExplained(isWatching, nowNanos)) {
        return;
      }
      isLong = outage.isLong(nowNanos);
    }
    ASKING.newThread(() -> ask(isLong)).start();
  }

  void addHandler(ResourceEventHandler<? super T> handler) {
    informer.addEventHandler(handler);
  }

  void removeHandler(ResourceEventHandler<? super T> handler) {
    informer.removeEventHandler(handler);
  }

  Optional<T> get(ResourceKey key) {
    return Optional.ofNullable(
        informer.getIndexer().getByKey(Cache.namespaceKeyFunc(key.namespace(), key.name())));
  }

  void close() {
    closed = true;
    informer.stop();
  }

  private void ask(boolean isLong) {
    try {
      scope.listOne(client);
      if (isWatchDenied()) {
        report(Permissions.denial(List.of("watch"), scope), true);
      } else if (isLong) {
        failed(new KubernetesClientException("lists are answered, but no watch stands"));
      }
    } catch (RuntimeException reason) {
      failed(reason);
    }
    if (informer.isWatching()) {
      problem = null;
    }
  }

  /** Whether a watch is forbidden although lists are not, as far as the API server tells. */
  private boolean isWatchDenied() {
    try {
      return Permissions.isDenied(client, "watch", scope);
    } catch (KubernetesClientException unanswered) {
      LOG.debug("Whether {} may be watched isn't answered.", scope, unanswered);
      return false;
    }
  }

  private void failed(Throwable cause) {
    report(scope.explain(cause), TypeScope.isRefusal(cause));
  }

  private void report(StartFailure failure, boolean isRefusal) {
    StartFailure known = problem;
    boolean isNews = known == null || !Objects.equals(known.getMessage(), failure.getMessage());
    problem = failure;
    // Whoever waits for the first answer is told, and needs no log entry besides.
    boolean isTold = isRefusal && answered.completeExceptionally(failure);
    if (isNews && !isTold && !closed) {
      LOG.warn("{} It is tried again until it works.", failure.getMessage());
    }
  }

  /** Hears that the informer has stopped by itself, which it never should. */
  void end(@Nullable Throwable cause) {
    if (!closed) {
      dead = true;
      Throwable reason = cause == null ? new IllegalStateException("stopped") : cause;
      problem = new StartFailure(deathOf(), reason);
      LOG.error("{}", deathOf(), reason);
    }
  }

  /** A list that came through after a failure means that the failure is over. */
  private final class Recovery implements ResourceEventHandler<T> {

    @Override
    public void onList(String resourceVersion, boolean remainedEmpty) {
      problem = null;
    }

    @Override
    public void onAdd(T resource) {}

    @Override
    public void onUpdate(T before, T after) {}

    @Override
    public void onDelete(T resource, boolean finalStateUnknown) {}
  }
}
