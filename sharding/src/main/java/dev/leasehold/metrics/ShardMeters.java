package dev.leasehold.metrics;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.ChangeOfHands;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.claim.ShardFigures;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardStatus;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Measures what a replica leads, how it came by it, and how its own term stands.
 *
 * <p>Thread-safe; as a listener it only counts.
 */
public final class ShardMeters implements ShardListener {

  private final Instruments instruments;
  private final Timer renewals;
  private final Counter termsLost;
  private final Counter refusals;

  /** Measures into these instruments; everything that can be counted is there at zero. */
  public ShardMeters(Instruments instruments) {
    this.instruments = instruments;
    this.renewals = instruments.timer(Metric.RENEWAL);
    this.termsLost = instruments.counter(Metric.TERMS_LOST);
    this.refusals = instruments.counter(Metric.LEASE_WRITES_REFUSED);
  }

  /** Begins to count for a controller. */
  public void add(String controller) {
    for (ChangeOfHands.Reason reason : ChangeOfHands.Reason.values()) {
      instruments.counter(Metric.EPOCH_CHANGES, controller, reason.word());
    }
    instruments.counter(Metric.EPOCH_CHANGES, controller, word(CloseCause.EDITED));
    for (CloseCause cause : CloseCause.values()) {
      instruments.counter(Metric.CLOSINGS, controller, word(cause));
    }
    for (Part part : Part.values()) {
      instruments.timer(Metric.HANDOVER, controller, word(part));
    }
  }

  /** A part of a change of hands. */
  private enum Part {
    DRAIN,
    WRITE,
    WATCH
  }

  /**
   * Shows what the replica leads and should lead.
   *
   * @param component whose member it is
   * @param controllers the names of its controllers
   * @param status what it leads
   * @param figures how its controllers stand
   */
  public void show(
      String component,
      Collection<String> controllers,
      Supplier<ShardStatus> status,
      Supplier<ShardFigures> figures) {
    instruments.gauge(Metric.LEADER_ELECTION, () -> status.get().isMember() ? 1 : 0, component);
    instruments.seconds(
        Metric.TERM_REMAINING,
        () -> {
          TermView term = status.get().term();
          return term == null ? 0 : Instruments.seconds(term.remaining());
        });
    for (String controller : controllers) {
      instruments.gauge(
          Metric.BUCKETS_LED, () -> status.get().ledBy(controller).size(), controller);
      show(Metric.BUCKETS, controller, figures, ShardFigures.OfController::buckets);
      show(Metric.BUCKETS_WANTED, controller, figures, ShardFigures.OfController::wanted);
      show(Metric.BUCKETS_UNLED, controller, figures, ShardFigures.OfController::unled);
      show(Metric.BUCKETS_DRAINING, controller, figures, ShardFigures.OfController::draining);
      show(Metric.BUCKETS_STUCK, controller, figures, ShardFigures.OfController::stuck);
    }
  }

  private void show(
      Metric metric,
      String controller,
      Supplier<ShardFigures> figures,
      ToDoubleFunction<ShardFigures.OfController> figure) {
    instruments.gauge(metric, () -> figure.applyAsDouble(figures.get().of(controller)), controller);
  }

  /** Shows one bucket by the name of its Lease. */
  public void showBucket(Bucket bucket, String lease, Supplier<ShardStatus> status) {
    instruments.gauge(
        Metric.LEADER_ELECTION,
        () ->
            status.get().ledBy(bucket.controller()).stream()
                    .anyMatch(led -> led.bucket().equals(bucket))
                ? 1
                : 0,
        lease);
  }

  /** Shows the age of the watch of the Leases. */
  public void show(WatchAge watch) {
    instruments.seconds(Metric.WATCH_AGE, () -> Instruments.seconds(watch.age()));
  }

  @Override
  public void left(TermView term, EndCause cause) {
    if (cause != EndCause.RESIGNED) {
      termsLost.increment();
    }
  }

  @Override
  public void renewed(Duration latency) {
    renewals.record(latency);
  }

  @Override
  public void demoted(Bucket bucket, TermView term, CloseCause cause) {
    String controller = bucket.controller();
    instruments.counter(Metric.CLOSINGS, controller, word(cause)).increment();
    if (cause == CloseCause.EDITED) {
      instruments.counter(Metric.EPOCH_CHANGES, controller, word(cause)).increment();
    }
  }

  @Override
  public void changedHands(ChangeOfHands change) {
    String controller = change.bucket().controller();
    instruments.counter(Metric.EPOCH_CHANGES, controller, change.reason().word()).increment();
    if (change.isGiven()) {
      time(controller, Part.DRAIN, change.drain());
    }
    time(controller, Part.WRITE, change.write());
    time(controller, Part.WATCH, change.watch());
  }

  @Override
  public void refused(String reason) {
    refusals.increment();
  }

  private void time(String controller, Part part, Duration took) {
    instruments.timer(Metric.HANDOVER, controller, word(part)).record(took);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
