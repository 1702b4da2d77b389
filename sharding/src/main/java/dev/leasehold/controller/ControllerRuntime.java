package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.claim.BucketWork;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.BucketCounts;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.QueueFigures;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One controller at work: its informers feed its queue, its workers empty it, and the claims open
 * and close its buckets.
 *
 * <p>Promotion opens the gate, which takes no time, and then has the bucket's cached keys replayed:
 * a resource that is cached before that is found by the replay, and one that is cached later is
 * heard of by an event. Workers begin once all caches have been filled for the first time, so a
 * bucket may be opened before that.
 *
 * <p>Thread-safe.
 */
final class ControllerRuntime<R extends HasMetadata> implements BucketWork, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControllerRuntime.class);
  private static final Duration LOOK_AT_WATCHES = Duration.ofSeconds(1);

  private final Controller<R> controller;
  private final WorkQueue<ResourceKey> queue;
  private final BucketCache<R> cache;
  private final Feeds feeds;
  private final RunningThreads running = new RunningThreads();
  private final List<Watchdog> watchdogs = new ArrayList<>();
  private final Clocks clocks;
  private final Workers workers;
  private final Optional<Observation<R>> observation;

  private final OwnWrites own;
  private final Chores chores;
  private final Replays replays;
  private volatile @Nullable StartFailure notBegun;

  /** A controller with a queue of its own over a layout of buckets, ready to start. */
  static <R extends HasMetadata> ControllerRuntime<R> of(
      Controller<R> controller, BucketSet layout, ControllerPorts ports) {
    return new ControllerRuntime<>(controller, ports, queueOf(controller, layout, ports));
  }

  /** A queue for the controller, without open buckets. */
  static WorkQueue<ResourceKey> queueOf(
      Controller<?> controller, BucketSet layout, ControllerPorts ports) {
    ToIntFunction<ResourceKey> bucketOf =
        key -> layout.bucketOf(key.namespace(), key.name(), null).index();
    Backoff backoff = controller.retryPolicy().backoff(new SplittableRandom());
    RateLimit retries = controller.retryPolicy().rateLimit();
    return ports.tally().isTiming()
        ? WorkQueue.timed(bucketOf, ports.clocks(), backoff, retries)
        : new WorkQueue<>(bucketOf, ports.clocks(), backoff, retries);
  }

  /**
   * A controller that is ready to start.
   *
   * @param controller what it is
   * @param ports what it works with; the informers are started here and closed by their owner
   * @param queue a queue without open buckets, for this controller alone
   */
  ControllerRuntime(Controller<R> controller, ControllerPorts ports, WorkQueue<ResourceKey> queue) {
    this.controller = controller;
    this.queue = queue;
    Tally tally = ports.tally();
    this.cache = new BucketCache<>(controller, ports, queue::bucketOf).listen();
    this.clocks = ports.clocks();
    this.observation =
        controller
            .observer()
            .map(observer -> new Observation<>(controller, observer, cache, clocks, tally));
    EventComplaints complaints = new EventComplaints(clocks);
    Intake intake = new Intake(controller, this::observe, queue, complaints, tally);
    this.own = intake.own();
    String prefix = "leasehold-%s-".formatted(controller.name());
    this.workers =
        new Workers(
            controller.name(),
            controller.workers(),
            controller.virtualThreads()
                ? WorkerThreads.virtual(prefix)
                : WorkerThreads.platform(prefix),
            queue,
            new Reconciliation<>(controller, cache, queue, own, running, ports)::run);
    this.chores = new Chores(controller.name(), prefix);
    this.replays =
        new Replays(
            controller.name(),
            bucket -> cache.keysOf(bucket).iterator(),
            (bucket, keys) -> queue.addAll(bucket, keys, Lane.BACKGROUND),
            chores::after,
            clocks::nanos,
            tally);
    this.feeds = new Feeds(controller, cache, intake, complaints, ports);
    watchdogs.add(feeds.watchdog());
    watchdogs.add(Watchdog.ofRuns(controller, running, clocks, tally));
    observation.ifPresent(all -> watchdogs.add(all.watchdog()));
  }

  /**
   * Starts the informers, and the workers as soon as all caches are filled. Call it once.
   *
   * @return completes when all caches are filled, or exceptionally with a {@link StartFailure}: as
   *     soon as the API server refuses one, where the controller goes on trying, see {@link
   *     #synced()}; or if the controller can't begin, which is for good
   */
  CompletionStage<Void> start() {
    feeds.start();
    CompletableFuture<Void> answered = new CompletableFuture<>();
    feeds.refused().whenComplete((never, refusal) -> answered.completeExceptionally(refusal));
    synced()
        .thenRun(this::begin)
        .whenComplete(
            (begun, failure) -> {
              if (failure == null) {
                answered.complete(null);
              } else {
                answered.completeExceptionally(failed(failure));
              }
            });
    return answered;
  }

  /** Completes when all caches have been filled for the first time; never exceptionally. */
  CompletionStage<Void> synced() {
    return feeds.synced();
  }

  /**
   * What keeps it from its work, or its caches from following the API server, if something does.
   */
  Optional<String> problem() {
    return notBegun().or(feeds::problem);
  }

  /** That it will never work, or a cache never follow the API server again, if it is so. */
  Optional<String> death() {
    return notBegun().or(feeds::death);
  }

  private Optional<String> notBegun() {
    return Optional.ofNullable(notBegun).map(StartFailure::getMessage);
  }

  /** The work of each bucket that is open, or closed and not stopped; ordered by index. */
  List<BucketCounts> counts() {
    return queue.counts();
  }

  /** Whether keys of a bucket that was opened are still being enqueued. */
  boolean isReplaying() {
    return replays.isPromoting();
  }

  /** The work of all of them. */
  QueueFigures figures() {
    return queue.figures();
  }

  /** What runs now. */
  RunningThreads.Runs runs() {
    return running.runs(clocks.nanos());
  }

  Controller<R> controller() {
    return controller;
  }

  /** What its runs have written without having heard of it yet. */
  OwnWrites ownWrites() {
    return own;
  }

  /** What is cached of the controller's own type. */
  BucketCache<R> cache() {
    return cache;
  }

  @Override
  public void open(Bucket bucket, TermView term) {
    queue.open(bucket, term);
    replays.promote(bucket.index());
  }

  @Override
  public void close(Bucket bucket, Stopped listener) {
    queue.close(
        bucket,
        stopped -> {
          // Not before: a run that still goes on may write.
          own.forget(stopped.index());
          listener.stopped(stopped);
        });
  }

  @Override
  public void interrupt(Bucket bucket) {
    running.interrupt(bucket.index());
  }

  /**
   * Takes no more work, and lets go of the informers. Close the buckets first, and wait for them:
   * runs that have begun are neither interrupted nor waited for here.
   */
  @Override
  public void close() {
    queue.shutDown();
    observation.ifPresent(Observation::close);
    chores.close();
    feeds.close();
    cache.close();
  }

  private void observe(ResourceKey key) {
    observation.ifPresent(all -> all.changed(key));
  }

  private void begin() {
    watchdogs.forEach(watchdog -> chores.every(watchdog.period(), watchdog::look));
    chores.every(LOOK_AT_WATCHES, feeds::look);
    controller.resync().ifPresent(period -> chores.every(period, this::resync));
    observation.ifPresent(Observation::start);
    workers.start();
  }

  /** Notes why it could not begin: for want of threads, usually. */
  private StartFailure failed(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    StartFailure known =
        new StartFailure(
            "Controller %s can't begin its work (%s): restart this replica, with fewer workers if threads are missing."
                .formatted(controller.name(), cause),
            cause);
    notBegun = known;
    LOG.error("{}", known.getMessage(), cause);
    return known;
  }

  /** Has the cached keys of all led buckets enqueued again, behind whatever is being promoted. */
  void resync() {
    replays.resync(queue.counts().stream().map(counts -> counts.bucket().index()).toList());
  }
}
