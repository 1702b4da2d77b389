package dev.leasehold.metrics;

import dev.leasehold.queue.BucketCounts;
import dev.leasehold.queue.QueueFigures;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows what a controller's queue holds, read from the queue when somebody scrapes. Thread-safe.
 */
public final class QueueMeters {

  /** The places that a key can be in, by the label's value. */
  private static final Map<String, ToDoubleFunction<QueueFigures>> PLACES =
      Map.of(
          "live", QueueFigures::live,
          "background", QueueFigures::background,
          "throttled", QueueFigures::throttled,
          "delayed", QueueFigures::delayed,
          "running", QueueFigures::running);

  private final Instruments instruments;
  private final String controller;
  private final Supplier<QueueFigures> queue;

  /** Shows nothing yet of the controller's queue. */
  public QueueMeters(Instruments instruments, String controller, Supplier<QueueFigures> queue) {
    this.instruments = instruments;
    this.controller = controller;
    this.queue = queue;
  }

  /** Shows the queue. */
  public void show() {
    instruments.gauge(
        Metric.WORKQUEUE_DEPTH,
        () -> {
          QueueFigures figures = queue.get();
          return (double) figures.live() + figures.background();
        },
        controller);
    instruments.counter(Metric.WORKQUEUE_ADDS, () -> queue.get().added(), controller);
    PLACES.forEach(
        (place, figure) ->
            instruments.gauge(
                Metric.QUEUE_KEYS, () -> figure.applyAsDouble(queue.get()), controller, place));
  }

  /** Shows one bucket of the queue; zero while it isn't open here. */
  public void showBucket(int bucket, Supplier<List<BucketCounts>> counts) {
    instruments.gauge(
        Metric.BUCKET_KEYS,
        () ->
            counts.get().stream()
                .filter(one -> one.bucket().index() == bucket)
                .mapToInt(QueueMeters::keys)
                .sum(),
        controller,
        Integer.toString(bucket));
  }

  private static int keys(BucketCounts counts) {
    return counts.queued() + counts.delayed() + counts.running();
  }
}
