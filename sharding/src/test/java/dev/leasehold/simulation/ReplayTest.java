package dev.leasehold.simulation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Replays one schedule and prints its timeline: {@code mvn -pl sharding -am test -Dtest=ReplayTest
 * -Dleasehold.simulation.seed=42 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class ReplayTest {

  @Test
  @EnabledIfSystemProperty(named = "leasehold.simulation.seed", matches = "-?\\d+")
  void replays() {
    Report report;
    try (Log log = Log.ofErrorsOnly()) {
      report = Simulation.random(Long.getLong("leasehold.simulation.seed", 0L)).runWithTimeline();
      System.out.println(report.setUp());
      report.timeline().forEach(System.out::println);
      log.errors().forEach(System.out::println);
    }
    report.orThrow();
  }
}
