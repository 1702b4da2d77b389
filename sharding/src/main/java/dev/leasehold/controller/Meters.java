package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.events.EventOutcome;
import dev.leasehold.metrics.Instruments;
import dev.leasehold.metrics.Metric;
import dev.leasehold.metrics.QueueMeters;
import dev.leasehold.metrics.ShardMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All meters of one manager, taken out of the registry when it is closed.
 *
 * <p>Cardinality is bounded by controllers; nothing is counted by key, and by bucket only on
 * request.
 */
final class Meters implements AutoCloseable {

  private final Instruments instruments;
  private final boolean isTiming;
  private final boolean perBucket;
  private final ShardMeters shards;
  private final Map<EventOutcome, Counter> events = new EnumMap<>(EventOutcome.class);
  private final Map<String, ControllerMeters> controllers = new HashMap<>();

  /** Meters in a registry; without one nothing is kept, and queues don't look at the clock. */
  Meters(@Nullable MeterRegistry registry, boolean perBucket) {
    this.isTiming = registry != null;
    this.perBucket = perBucket;
    this.instruments = new Instruments(registry == null ? new CompositeMeterRegistry() : registry);
    this.shards = new ShardMeters(instruments);
    for (EventOutcome outcome : EventOutcome.values()) {
      String word = outcome.name().toLowerCase(Locale.ROOT);
      events.put(outcome, instruments.counter(Metric.KUBERNETES_EVENTS, word));
    }
  }

  /** The meters of a controller, made once; its runs are told on to a listener. */
  ControllerMeters add(String controller, ReconcileListener next) {
    ControllerMeters added = new ControllerMeters(instruments, isTiming, controller, next);
    controllers.put(controller, added);
    shards.add(controller);
    return added;
  }

  /** Counts what became of a change of hands that was to be an Event. */
  void event(EventOutcome outcome) {
    Objects.requireNonNull(events.get(outcome)).increment();
  }

  /** Counts what becomes of the buckets. */
  ShardListener shards() {
    return shards;
  }

  /** Shows what the replica leads and how its term stands. */
  void show(Replica replica, LeaseNames names, Collection<List<Bucket>> layouts) {
    shards.show(names.component(), controllers.keySet(), replica::status, replica::figures);
    shards.show(replica.watch());
    if (perBucket) {
      layouts.forEach(
          buckets ->
              buckets.forEach(
                  bucket -> shards.showBucket(bucket, names.bucket(bucket), replica::status)));
    }
  }

  /** Shows a controller's queue and workers. */
  void show(ControllerRuntime<?> runtime) {
    String name = runtime.controller().name();
    ControllerMeters meters = Objects.requireNonNull(controllers.get(name));
    QueueMeters queue = new QueueMeters(instruments, name, runtime::figures);
    queue.show();
    instruments.counter(Metric.PERMITS_REFUSED, () -> meters.refused(runtime::figures), name);
    instruments.gauge(Metric.ACTIVE_WORKERS, () -> runtime.runs().count(), name);
    instruments.gauge(Metric.MAX_WORKERS, () -> runtime.controller().workers(), name);
    instruments.seconds(
        Metric.WORKQUEUE_UNFINISHED_WORK, () -> Instruments.seconds(runtime.runs().total()), name);
    instruments.seconds(
        Metric.WORKQUEUE_LONGEST_RUNNING,
        () -> Instruments.seconds(runtime.runs().longest()),
        name);
    if (perBucket) {
      for (int bucket = 0; bucket < runtime.controller().buckets(); bucket++) {
        queue.showBucket(bucket, runtime::counts);
      }
    }
  }

  @Override
  public void close() {
    instruments.close();
  }
}
