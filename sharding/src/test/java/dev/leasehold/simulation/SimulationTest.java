package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Runs {@value #SCHEDULES} random schedules, or as many as {@code -Dleasehold.simulation.schedules}
 * says, beginning with the seed that {@code -Dleasehold.simulation.firstSeed} says.
 */
final class SimulationTest {

  private static final long SCHEDULES = 20_000;

  @Test
  void noScheduleBreaksAPromiseAndEveryFaultHappensInSome() {
    long first = Long.getLong("leasehold.simulation.firstSeed", 1L);
    long count = Long.getLong("leasehold.simulation.schedules", SCHEDULES);
    long before = System.nanoTime();
    Schedules schedules;
    try (Log log = Log.ofErrorsOnly()) {
      schedules = new Schedules(first, count).run();
      assertThat(log.errors()).as("errors in the log").isEmpty();
    }
    System.out.printf(
        "Simulation: %s, in %d s%n%s%n",
        schedules, Duration.ofNanos(System.nanoTime() - before).toSeconds(), schedules.coverage());

    assertThat(schedules.firstFailure()).as(schedules.complaint()).isEmpty();
    assertThat(schedules.count()).isEqualTo(count);
    if (count >= SCHEDULES) {
      everythingHappened(schedules.coverage());
    }
  }

  private static void everythingHappened(Coverage coverage) {
    SoftAssertions all = new SoftAssertions();
    for (Fault fault : Fault.values()) {
      all.assertThat(coverage.of(fault)).as("times of " + fault).isPositive();
    }
    for (Happening happening : Happening.values()) {
      all.assertThat(coverage.of(happening)).as("times of " + happening).isPositive();
    }
    all.assertAll();
  }
}
