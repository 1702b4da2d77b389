package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Replays one schedule and prints its timeline: {@code mvn -pl sharding -am test -Dtest=Replay
 * -Dleasehold.simulation.seed=42 -Dsurefire.failIfNoSpecifiedTests=false}. It is run by name only.
 */
final class Replay {

  @Test
  void replays() {
    Long seed = Long.getLong("leasehold.simulation.seed");
    assertThat(seed).as("the seed, given as -Dleasehold.simulation.seed=<number>").isNotNull();
    Report report;
    try (Log log = Log.ofErrorsOnly()) {
      report = Simulation.random(seed).runWithTimeline();
      System.out.println(report.setUp());
      report.timeline().forEach(System.out::println);
      log.errors().forEach(System.out::println);
    }
    report.orThrow();
  }
}
