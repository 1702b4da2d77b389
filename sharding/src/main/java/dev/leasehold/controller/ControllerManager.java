package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardListeners;
import dev.leasehold.claim.ShardStatus;
import dev.leasehold.election.EndCause;
import dev.leasehold.events.EventRecorder;
import dev.leasehold.member.MemberInfo;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a component's controllers in this process, as one replica of several.
 *
 * <p>Register the controllers, then either {@link #run()} until the process is told to end, or
 * {@link #start()} and {@link #close()}. Replicas may register different controllers: one is given
 * no buckets of a controller that it doesn't have. All that register a controller must give it the
 * same bucket count; another count is another layout, whose leaders work on the same keys.
 *
 * <p>Thread-safe. The client is the caller's and stays open; elections use one of their own for the
 * same cluster.
 */
public final class ControllerManager implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ControllerManager.class);

  private final KubernetesClient client;
  private final ManagerOptions options;
  private final LeaseNames names;
  private final Informers informers;
  private final Clocks clocks = Clocks.system();

  // Guarded by this.
  private final Map<String, BucketSet> layouts = new LinkedHashMap<>();

  // Guarded by this.
  private final Map<String, ControllerRuntime<?>> runtimes = new LinkedHashMap<>();

  private final Meters meters;
  private volatile @Nullable Replica replica;
  private volatile @Nullable EventRecorder events;

  ControllerManager(KubernetesClient client, ManagerOptions options) {
    this.client = client;
    this.options = options;
    this.names = LeaseNames.of(options.component());
    this.informers = new Informers(client);
    this.meters = new Meters(options.metrics(), options.metricsPerBucket());
  }

  /**
   * Begins a manager.
   *
   * @param client the cluster; used for the controllers' caches, and never closed here
   */
  public static ManagerBuilder builder(KubernetesClient client) {
    return new ManagerBuilder(client);
  }

  /**
   * Adds a controller.
   *
   * @param controller what it is; its name must be new here
   * @param <R> the resource type that it looks after
   * @return this
   * @throws IllegalArgumentException if there is a controller of that name, the name can't be part
   *     of a Lease's name, or all have more buckets than a replica can run
   * @throws IllegalStateException if the manager has been started
   */
  public synchronized <R extends HasMetadata> ControllerManager register(Controller<R> controller) {
    if (replica != null) {
      throw new IllegalStateException("Controllers are registered before the manager is started.");
    }
    String name = controller.name();
    if (layouts.containsKey(name)) {
      throw new IllegalArgumentException(
          "There are two controllers named '%s': give one of them another name with named(...)."
              .formatted(name));
    }
    BucketSet layout = BucketSet.of(name, controller.buckets(), KeyHash.NAME);
    layout.buckets().forEach(names::bucket);
    Map<String, Integer> counts = new HashMap<>(Map.of(name, layout.count()));
    layouts.values().forEach(each -> counts.put(each.controller(), each.count()));
    MemberInfo.requireRoomFor(counts);
    layouts.put(name, layout);
    runtimes.put(name, ControllerRuntime.of(controller, layout, portsOf(name)));
    return this;
  }

  private ControllerPorts portsOf(String controller) {
    ControllerMeters counted = meters.add(controller, options.reconciles());
    return new ControllerPorts(
        Writes.once(client),
        informers,
        clocks,
        options.component() + "." + controller,
        counted,
        counted);
  }

  /**
   * Opens the HTTP port, fills the caches and joins. Returns once this replica is ready to be given
   * buckets.
   *
   * @throws StartFailure with one sentence if the API server can't be reached, forbids what is
   *     needed or lacks a resource type, unless it is to wait for types; or if a controller's
   *     threads can't be had. Everything is closed then, as it is after whatever else ends a first
   *     start
   * @throws UncheckedIOException if nothing can listen at the HTTP address
   * @throws IllegalStateException if it was started before, or has no controllers
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void start() throws InterruptedException {
    Replica made = make();
    try {
      made.start();
    } catch (RuntimeException | Error | InterruptedException failed) {
      close();
      throw failed;
    }
  }

  private synchronized Replica make() {
    if (replica != null) {
      throw new IllegalStateException("A manager is started once.");
    }
    if (runtimes.isEmpty()) {
      throw new IllegalStateException("A manager needs a controller: register one.");
    }
    Map<List<Bucket>, ControllerRuntime<?>> works = new LinkedHashMap<>();
    layouts.forEach((name, layout) -> works.put(layout.buckets(), runtimes.get(name)));
    List<ShardListener> listeners = new ArrayList<>(List.of(meters.shards(), options.shards()));
    if (options.withEvents()) {
      EventRecorder recorder =
          EventRecorder.start(client, names, options.namespace(), clocks, meters::event);
      listeners.add(recorder);
      events = recorder;
    }
    ShardListener listener = new ShardListeners(listeners);
    Replica made = new Replica(client, options, names, works, clocks, listener);
    replica = made;
    meters.show(made, names, works.keySet());
    runtimes.values().forEach(meters::show);
    return made;
  }

  /**
   * Starts, works until SIGTERM or SIGINT, then hands everything over and returns. A second signal
   * ends the process at once: what has not been handed over by then expires by itself. Once this
   * has returned, or thrown, signals do what they did before.
   *
   * <p>Returns as well if the thread is interrupted, and hands nothing over then.
   *
   * @throws StartFailure as {@link #start()} does
   * @throws UncheckedIOException as {@link #start()} does
   * @throws IllegalStateException as {@link #start()} does
   * @throws DeposedException if this replica has lost its membership and was told to exit then
   */
  public void run() {
    Replica made = make();
    Start start = new Start();
    CompletableFuture<Optional<EndCause>> ending = new CompletableFuture<>();
    Termination termination =
        Termination.listen(
            () -> {
              ending.complete(Optional.empty());
              // A start may wait for the API server for as long as that takes.
              start.breakOff();
            });
    try {
      try {
        made.start();
      } finally {
        start.end();
      }
      var unused = made.deposed().thenAccept(cause -> ending.complete(Optional.of(cause)));
      ending
          .get()
          .ifPresentOrElse(this::throwDeposed, () -> log.info("Asked to end: handing over."));
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    } catch (StartFailure failure) {
      // Asked to end while it waited for the API server: what the interrupt broke off is no news.
      if (!termination.isRequested()) {
        throw failure;
      }
    } catch (InterruptedException asked) {
      if (!termination.isRequested()) {
        Thread.currentThread().interrupt();
      }
    } finally {
      close();
      termination.close();
    }
  }

  private void throwDeposed(EndCause cause) {
    throw new DeposedException(
        "Member %s is over (%s), and this replica was told to exit then."
            .formatted(status().identity(), cause.text()));
  }

  /**
   * Hands everything over, waits for it as long as the shutdown timeout allows, and lets go of
   * everything. What has not stopped by then is not given away: its Leases expire by themselves.
   */
  @Override
  public void close() {
    Replica running = replica;
    if (running != null) {
      running.close();
    }
    EventRecorder recorder = events;
    if (recorder != null) {
      recorder.close();
    }
    informers.close();
    meters.close();
  }

  /** Where the HTTP port listens; empty if there is none, or before the start. */
  public Optional<InetSocketAddress> httpAddress() {
    Replica running = replica;
    return running == null ? Optional.empty() : running.httpAddress();
  }

  /** What this replica leads; a moment old. */
  public ShardStatus status() {
    Replica running = replica;
    return running == null ? new ShardStatus("", null, List.of(), List.of()) : running.status();
  }
}
