package dev.leasehold.controller;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a replica does and leads.
 *
 * <p>Thread-safe. Cardinality is bounded by controllers; nothing is counted by key or bucket.
 */
final class Meters implements ReconcileListener {

  private final MeterRegistry registry;
  private final ReconcileListener next;

  Meters(MeterRegistry registry, ReconcileListener next) {
    this.registry = registry;
    this.next = next;
  }

  /** Shows how many buckets of a controller a replica leads, and whether it is a member. */
  void show(Replica replica, Iterable<String> controllers) {
    Gauge.builder("leasehold.member.leading", replica, r -> r.isMember() ? 1 : 0)
        .description("1 while this replica's member Lease is held")
        .register(registry);
    for (String controller : controllers) {
      Gauge.builder("leasehold.buckets.led", replica, r -> r.ledOf(controller))
          .description("Buckets that this replica leads")
          .tag("controller", controller)
          .register(registry);
    }
  }

  /** Shows for how long the oldest run of a controller has been going on. */
  void showRuns(ControllerRuntime<?> runtime) {
    Gauge.builder(
            "leasehold.reconciles.longest",
            runtime,
            work -> (double) work.longestRun().toMillis() / TimeUnit.SECONDS.toMillis(1))
        .description("How long the oldest run has been going on; zero if none is")
        .baseUnit("seconds")
        .tag("controller", runtime.controller().name())
        .register(registry);
  }

  /** Counts what happens to a controller besides its runs; each counter begins at zero. */
  Tally tally(String controller) {
    Map<Occurrence, Counter> counters = new EnumMap<>(Occurrence.class);
    for (Occurrence what : Occurrence.values()) {
      counters.put(
          what,
          registry.counter(what.counter(), "controller", controller, "outcome", what.outcome()));
    }
    return what -> Objects.requireNonNull(counters.get(what)).increment();
  }

  @Override
  public void started(Run run) {
    next.started(run);
  }

  @Override
  public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
    next.ended(run, outcome, cause);
    registry
        .counter(
            "leasehold.reconciles",
            "controller",
            run.bucket().controller(),
            "outcome",
            outcome.name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
