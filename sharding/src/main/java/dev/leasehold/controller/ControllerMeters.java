package dev.leasehold.controller;

import dev.leasehold.metrics.Instruments;
import dev.leasehold.metrics.Metric;
import dev.leasehold.queue.QueueFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what one controller does. Each counter begins at zero, so that a first increase
 * is one.
 *
 * <p>Thread-safe.
 */
final class ControllerMeters implements Tally, ReconcileListener {

  private final boolean isTiming;
  private final ReconcileListener next;
  private final Map<Occurrence, Counter> occurrences = new EnumMap<>(Occurrence.class);
  private final Map<Run.Outcome, Counter> results = new EnumMap<>(Run.Outcome.class);
  private final Counter errors;
  private final Counter terminalErrors;
  private final Counter retries;
  private final Counter replayedKeys;
  private final Timer waits;
  private final Timer works;
  private final Timer runs;
  private final Timer replays;
  private final LongAdder refused = new LongAdder();

  ControllerMeters(
      Instruments instruments, boolean isTiming, String controller, ReconcileListener next) {
    this.isTiming = isTiming;
    this.next = next;
    for (Occurrence what : Occurrence.values()) {
      if (what != Occurrence.PERMIT_REFUSED) {
        occurrences.put(what, instruments.counter(what.metric(), controller, what.outcome()));
      }
    }
    for (Run.Outcome outcome : Run.Outcome.values()) {
      results.put(outcome, instruments.counter(Metric.RECONCILES, controller, resultOf(outcome)));
    }
    this.errors = instruments.counter(Metric.RECONCILE_ERRORS, controller);
    this.terminalErrors = instruments.counter(Metric.TERMINAL_ERRORS, controller);
    this.retries = instruments.counter(Metric.WORKQUEUE_RETRIES, controller);
    this.replayedKeys = instruments.counter(Metric.PROMOTION_KEYS, controller);
    this.waits = instruments.timer(Metric.WORKQUEUE_QUEUE_DURATION, controller);
    this.works = instruments.timer(Metric.WORKQUEUE_WORK_DURATION, controller);
    this.runs = instruments.timer(Metric.RECONCILE_TIME, controller);
    this.replays = instruments.timer(Metric.PROMOTION_REPLAY, controller);
  }

  /** How often a dispatch was refused, by the queue or right before the reconciler's call. */
  double refused(Supplier<QueueFigures> queue) {
    return (double) queue.get().refused() + refused.sum();
  }

  @Override
  public boolean isTiming() {
    return isTiming;
  }

  @Override
  public void count(Occurrence what) {
    if (what == Occurrence.PERMIT_REFUSED) {
      refused.increment();
    } else {
      Objects.requireNonNull(occurrences.get(what)).increment();
    }
  }

  @Override
  public void waited(long nanos) {
    waits.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  @Override
  public void worked(long nanos, boolean ran) {
    works.record(nanos, TimeUnit.NANOSECONDS);
    if (ran) {
      runs.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void replayed(long nanos, long keys) {
    replays.record(nanos, TimeUnit.NANOSECONDS);
    replayedKeys.increment((double) keys);
  }

  @Override
  public void started(Run run) {
    next.started(run);
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    Objects.requireNonNull(results.get(outcome)).increment();
    switch (outcome) {
      case FAILED, TIMED_OUT -> {
        errors.increment();
        retries.increment();
      }
      case RETRIED -> retries.increment();
      case GIVEN_UP -> {
        errors.increment();
        terminalErrors.increment();
      }
      case DONE, REQUEUED, LOST -> {}
    }
    next.ended(run, outcome, cause);
  }

  /** As controller-runtime calls it; it knows no term that can be lost. */
  private static String resultOf(Run.Outcome outcome) {
    return switch (outcome) {
      case DONE -> "success";
      case REQUEUED -> "requeue_after";
      case RETRIED -> "requeue";
      case FAILED, TIMED_OUT, GIVEN_UP -> "error";
      case LOST -> "lost";
    };
  }
}
