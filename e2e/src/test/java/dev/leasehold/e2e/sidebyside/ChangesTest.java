package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private static final Changes.Window WINDOW = new Changes.Window(1000, 1040);

  @Test
  void aChangeWaitsFromItsPlannedTimeToTheFirstReconcileThatHasIt() {
    Changes.Outcome outcome =
        Changes.Outcome.of(
            WINDOW,
            10,
            Map.of(1000L, new Changes.Write(0, 3, 1008)),
            List.of(run(0, 1500, 1000), run(0, 1007, 1000), run(0, 1003, 990)));

    assertThat(outcome.waits()).containsExactly(7L);
    assertThat(outcome.writes()).containsExactly(3L);
  }

  @Test
  void whatNoReconcileHasHadIsCountedEvenIfItWasNeverSent() {
    Changes.Outcome outcome =
        Changes.Outcome.of(
            WINDOW,
            10,
            Map.of(1000L, new Changes.Write(0, 3, 1008), 1010L, new Changes.Write(1, 3, 1018)),
            List.of(run(0, 1007, 1000)));

    assertThat(outcome.unseen()).isEqualTo(3);
  }

  @Test
  void theRateIsOfAnswersWithinTheWindow() {
    Changes.Outcome outcome =
        Changes.Outcome.of(
            WINDOW,
            10,
            Map.of(
                990L, new Changes.Write(0, 3, 1001),
                1000L, new Changes.Write(1, 3, 1039),
                1010L, new Changes.Write(2, 3, 1040)),
            List.of());

    assertThat(outcome.reached()).isCloseTo(2 / 40e-9, within(1.0));
  }

  private static Line run(int object, long nanos, long planned) {
    return new Line("run", Operators.object(object), nanos, Long.toString(planned));
  }
}
