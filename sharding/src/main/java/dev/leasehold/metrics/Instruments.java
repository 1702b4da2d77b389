package dev.leasehold.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Makes the meters of the catalogue in one registry, and takes them away again.
 *
 * <p>Thread-safe. Asked twice for the same it gives the same counter or timer; of two gauges the
 * first counts.
 */
public final class Instruments implements AutoCloseable {

  /** From what a hand-over on an idle machine takes to what worries somebody. */
  private static final Duration[] BOUNDS =
      Stream.of(1, 5, 10, 25, 100, 250, 1_000, 2_500, 5_000, 10_000, 30_000, 120_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Set<Meter> made = ConcurrentHashMap.newKeySet();

  /** Keeps what counters read: Micrometer itself would let it go. */
  private final Queue<DoubleSupplier> read = new ConcurrentLinkedQueue<>();

  /** Makes nothing yet. */
  public Instruments(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A counter that begins at zero. */
  public Counter counter(Metric metric, String... values) {
    return kept(
        Counter.builder(metric.meter())
            .description(metric.help())
            .tags(tags(metric, MetricKind.COUNTER, values))
            .register(registry));
  }

  /** A counter that is read when somebody scrapes; what it reads must never fall. */
  public void counter(Metric metric, DoubleSupplier count, String... values) {
    read.add(count);
    kept(
        FunctionCounter.builder(metric.meter(), count, DoubleSupplier::getAsDouble)
            .description(metric.help())
            .tags(tags(metric, MetricKind.COUNTER, values))
            .register(registry));
  }

  /** A timer with a histogram. */
  public Timer timer(Metric metric, String... values) {
    return kept(
        Timer.builder(metric.meter())
            .description(metric.help())
            .serviceLevelObjectives(BOUNDS)
            .tags(tags(metric, MetricKind.TIMER, values))
            .register(registry));
  }

  /** A number that is read when somebody scrapes. */
  public void gauge(Metric metric, DoubleSupplier number, String... values) {
    kept(
        Gauge.builder(metric.meter(), number, DoubleSupplier::getAsDouble)
            .description(metric.help())
            .strongReference(true)
            .tags(tags(metric, MetricKind.GAUGE, values))
            .register(registry));
  }

  /** A time that is read when somebody scrapes. */
  public void seconds(Metric metric, DoubleSupplier seconds, String... values) {
    kept(
        Gauge.builder(metric.meter(), seconds, DoubleSupplier::getAsDouble)
            .description(metric.help())
            .baseUnit("seconds")
            .strongReference(true)
            .tags(tags(metric, MetricKind.SECONDS, values))
            .register(registry));
  }

  /** A duration as Prometheus has it. */
  public static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Takes all meters out of the registry that were made here. */
  @Override
  public void close() {
    made.forEach(registry::remove);
    made.clear();
    read.clear();
  }

  private <M extends Meter> M kept(M meter) {
    made.add(meter);
    return meter;
  }

  private static Tags tags(Metric metric, MetricKind kind, String... values) {
    List<String> labels = metric.labels();
    if (metric.kind() != kind || labels.size() != values.length) {
      throw new IllegalArgumentException(
          "%s is a %s with the labels %s.".formatted(metric, metric.kind(), labels));
    }
    Tag[] tags = new Tag[values.length];
    for (int i = 0; i < values.length; i++) {
      tags[i] = Tag.of(labels.get(i), values[i]);
    }
    return Tags.of(tags);
  }
}
