package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Lane;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry, ReconcileListener.NONE);

  @Test
  void whateverCanHappenIsThereFromTheStartAtZero() {
    meters.tally("webpage");
    for (Occurrence what : Occurrence.values()) {
      assertThat(count(what.counter(), what.outcome())).isZero();
    }
  }

  @Test
  void occurrencesAreCountedByControllerAndOutcome() {
    Tally tally = meters.tally("webpage");
    meters.tally("other").count(Occurrence.WRITE_REFUSED);
    tally.count(Occurrence.WRITE_REFUSED);
    tally.count(Occurrence.WRITE_REFUSED);
    assertThat(count("leasehold.writes", "refused")).isEqualTo(2);
    assertThat(count("leasehold.writes", "done")).isZero();
  }

  @Test
  void runsAreCountedByOutcome() {
    Run run =
        new Run(
            "a_1", new Bucket("webpage", 0, 1), 7, new ResourceKey("default", "a"), 1, Lane.LIVE);
    meters.ended(run, Run.Outcome.TIMED_OUT, null);
    assertThat(count("leasehold.reconciles", "timed_out")).isEqualTo(1);
  }

  private double count(String counter, String outcome) {
    return registry
        .get(counter)
        .tag("controller", "webpage")
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
