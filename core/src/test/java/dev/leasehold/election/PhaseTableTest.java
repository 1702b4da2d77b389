package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every legal way from one phase to another, each taken once; what is not here is illegal. */
class PhaseTableTest {

  /** The table; the simulation checks that no schedule leaves it. */
  static final Set<String> LEGAL =
      Set.of(
          "Candidate -> Leading",
          "Candidate -> Releasing",
          "Candidate -> Over",
          "Leading -> Ending",
          "Ending -> Candidate",
          "Ending -> Releasing",
          "Ending -> Over",
          "Releasing -> Over");

  private record Way(Supplier<Scenario> from, Consumer<Scenario> by) {}

  private static final Map<String, Way> WAYS =
      Map.of(
          "Candidate -> Leading",
          new Way(() -> Scenario.shared().lists(Locks.releasedBy("x", 5)), s -> s.echoes(10)),
          "Candidate -> Releasing",
          new Way(
              () -> Scenario.shared().lists(Locks.releasedBy("x", 5)).resigns().echoes(10),
              s -> s.answersWritten(10)),
          "Candidate -> Over",
          new Way(() -> Scenario.shared().lists(), Scenario::resigns),
          "Leading -> Ending",
          new Way(Scenario::leading, Scenario::resigns),
          "Ending -> Candidate",
          new Way(() -> Scenario.leading().seesDeleted(11), Scenario::workStops),
          "Ending -> Releasing",
          new Way(() -> Scenario.leading().resigns(), Scenario::workStops),
          "Ending -> Over",
          new Way(() -> Scenario.member().seesDeleted(11), Scenario::workStops),
          "Releasing -> Over",
          new Way(() -> Scenario.leading().resigns().workStops(), s -> s.answersWritten(11)));

  @Test
  void everyLegalTransitionHasAWay() {
    assertThat(new TreeSet<>(WAYS.keySet())).isEqualTo(new TreeSet<>(LEGAL));
  }

  @TestFactory
  Stream<DynamicTest> everyLegalTransitionIsTaken() {
    return WAYS.entrySet().stream()
        .map(
            way ->
                DynamicTest.dynamicTest(
                    way.getKey(),
                    () -> {
                      Scenario scenario = way.getValue().from().get();
                      Phase before = scenario.phase();
                      way.getValue().by().accept(scenario);
                      assertThat(name(before, scenario.phase())).isEqualTo(way.getKey());
                    }));
  }

  static String name(Phase before, Phase after) {
    return before.getClass().getSimpleName() + " -> " + after.getClass().getSimpleName();
  }
}
