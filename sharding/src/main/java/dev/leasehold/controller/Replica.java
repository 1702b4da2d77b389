package dev.leasehold.controller;

import dev.leasehold.admin.AdminServer;
import dev.leasehold.admin.ShardsPage;
import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.BucketWork;
import dev.leasehold.claim.ShardCoordinator;
import dev.leasehold.claim.ShardFigures;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardListeners;
import dev.leasehold.claim.ShardStatus;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.Timings;
import dev.leasehold.lock.LeaseClient;
import dev.leasehold.lock.LeaseFeed;
import dev.leasehold.lock.LeaseStore;
import dev.leasehold.metrics.WatchAge;
import dev.leasehold.time.Clocks;
import dev.leasehold.time.ThreadEventLoop;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A manager that has been started: its threads, its connections, its HTTP port.
 *
 * <p>Thread-safe; started and closed once.
 */
final class Replica implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Replica.class);
  private static final int CLAIM_WRITERS = 4;
  private static final Duration IDLE_WRITER = Duration.ofSeconds(30);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(15);

  private final KubernetesClient client;
  private final ManagerOptions options;
  private final Map<List<Bucket>, ControllerRuntime<?>> works;
  private final KubernetesClient leaseClient;
  private final ThreadEventLoop loop;
  private final WatchAge feed;
  private final ExecutorService memberWriter = writers("leasehold-renew", 1);
  private final ExecutorService claimWriters = writers("leasehold-claim", CLAIM_WRITERS);
  private final ShardCoordinator coordinator;
  private final RecentFigures figures;
  private final HealthChecks health;
  private volatile @Nullable AdminServer http;
  private volatile boolean joined;
  private boolean closed;

  Replica(
      KubernetesClient client,
      ManagerOptions options,
      LeaseNames names,
      Map<List<Bucket>, ControllerRuntime<?>> works,
      Clocks clocks,
      ShardListener listener) {
    this.client = client;
    this.options = options;
    this.works = works;
    Timings timings = options.settings().timings();
    Duration half = timings.renewDeadline().dividedBy(2);
    this.leaseClient =
        LeaseClient.like(client, half.compareTo(LONGEST_REQUEST) < 0 ? half : LONGEST_REQUEST);
    this.loop = new ThreadEventLoop("leasehold-election", clocks);
    this.health =
        new HealthChecks(
            new LoopPulse(loop), timings.leaseDuration(), this::status, works.values());
    ListOptions own =
        new ListOptionsBuilder()
            .withLabelSelector(LeaseMetadata.selector(options.component()))
            .build();
    this.feed =
        new WatchAge(
            new LeaseFeed(leaseClient, options.namespace(), own, timings.retryPeriod()), clocks);
    Map<List<Bucket>, BucketWork> bucketWorks = new HashMap<>(works);
    this.coordinator =
        new ShardCoordinator(
            loop,
            new ShardCoordinator.Locks(
                new LeaseStore(leaseClient, options.namespace(), memberWriter),
                new LeaseStore(leaseClient, options.namespace(), claimWriters),
                feed),
            names,
            options.settings(),
            bucketWorks,
            Identity.startingWith(options.identity()),
            new ShardListeners(List.of(health, listener)));
    this.figures = new RecentFigures(coordinator::figures, clocks);
  }

  void start() throws InterruptedException {
    InetSocketAddress address = options.http();
    if (address != null) {
      // Before anything that may take time or fail, so that the probes are answered meanwhile.
      AdminServer server = AdminServer.start(address, health::livez, health::readyz, this::shards);
      http = server;
      server.live(new LiveSource(options.component(), coordinator, works.values()));
      options.pages().forEach(page -> server.page(page.path(), page.contentType(), page.body()));
      options.onHttp().accept(server.address());
    }
    // By a client that tries once, so that an API server which isn't there is told soon; but with
    // patience, since the first connection of a cold process may take seconds.
    try (KubernetesClient once = LeaseClient.like(client, FIRST_ANSWER)) {
      Permissions.check(once, options.namespace());
    }
    List<CompletableFuture<Void>> filled = new ArrayList<>();
    works.values().forEach(work -> filled.add(begin(work).toCompletableFuture()));
    coordinator.start();
    joined = true;
    await(CompletableFuture.allOf(filled.toArray(CompletableFuture<?>[]::new)), filled);
    coordinator.ready();
  }

  private CompletionStage<Void> begin(ControllerRuntime<?> work) {
    CompletionStage<Void> filled = work.start();
    if (!options.waitForTypes()) {
      return filled;
    }
    return filled.exceptionally(
        refusal -> {
          if (work.death().isPresent()) {
            throw new CompletionException(refusal);
          }
          log.warn(
              "{} Controller {} waits for that.", refusal.getMessage(), work.controller().name());
          return null;
        });
  }

  /** Waits for all caches, or for the first refusal of one. */
  private static void await(CompletableFuture<Void> all, List<CompletableFuture<Void>> each)
      throws InterruptedException {
    CompletableFuture<Object> first = new CompletableFuture<>();
    var unused = all.thenRun(() -> first.complete(all));
    for (CompletableFuture<Void> one : each) {
      var ignored =
          one.exceptionally(
              refusal -> {
                first.completeExceptionally(refusal);
                return null;
              });
    }
    try {
      first.get();
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof StartFailure failure) {
        throw failure;
      }
      throw new StartFailure(
          "The controllers could not be started: %s.".formatted(refused), refused);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    health.leave();
    if (joined) {
      leave();
    }
    feed.close();
    loop.close();
    works.values().forEach(ControllerRuntime::close);
    memberWriter.shutdown();
    claimWriters.shutdown();
    leaseClient.close();
    AdminServer server = http;
    if (server != null) {
      server.close();
    }
  }

  /** Completes when this replica has lost its membership and is to join no more. */
  CompletableFuture<EndCause> deposed() {
    return coordinator.deposed();
  }

  private void leave() {
    try {
      coordinator.leave().get(options.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
      log.info("Everything is handed over.");
    } catch (TimeoutException late) {
      log.warn(
          "Not everything could be handed over within {} s; what is left expires by itself.",
          options.shutdownTimeout().toSeconds());
    } catch (ExecutionException failed) {
      log.warn("Leaving has failed; what is left expires by itself.", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  Optional<InetSocketAddress> httpAddress() {
    AdminServer server = http;
    return server == null ? Optional.empty() : Optional.of(server.address());
  }

  ShardStatus status() {
    return coordinator.status();
  }

  ShardFigures figures() {
    return figures.get();
  }

  /** The watch of the Leases, for its age. */
  WatchAge watch() {
    return feed;
  }

  private ShardsPage shards() {
    return ShardsView.of(coordinator.status(), works.values());
  }

  /** Threads that end when there is nothing to write, which is nearly always so for buckets. */
  private static ExecutorService writers(String name, int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_WRITER.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
