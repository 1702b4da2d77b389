package dev.leasehold.e2e.benchmark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FigureTableTest {

  private static final long MILLI = 1_000_000;
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMillis(100);

  private final FigureTable table = new FigureTable(true);

  @Test
  void whatIsAsWantedIsNotHeldAgainstAnybody() {
    table.add("a time", 20 * MILLI, SHORT);
    table.add("times", Figures.of(10 * MILLI, 20 * MILLI, 100 * MILLI), SHORT, LONG);
    table.add("a count", "25", "25");

    assertThatCode(table::finish).doesNotThrowAnyException();
  }

  @Test
  void allThatIsLongerThanWantedIsNamedInTheEnd() {
    table.add("a time", 20 * MILLI + 1, SHORT);
    table.add("the usual", Figures.of(21 * MILLI, 21 * MILLI), SHORT, LONG);
    table.add("the worst", Figures.of(10 * MILLI, 101 * MILLI), SHORT, LONG);

    assertThatThrownBy(table::finish)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a time")
        .hasMessageContaining("the usual")
        .hasMessageContaining("the worst");
  }

  @Test
  void whereNothingWasMeasuredNothingIsAsWanted() {
    table.add("times", Figures.of(), SHORT, LONG);

    assertThatThrownBy(table::finish).hasMessageContaining("times");
  }

  @Test
  void aMachineThatIsSlowFailsOnlyThoseWhoAskForIt() {
    FigureTable lenient = new FigureTable(false);
    lenient.add("a time", 21 * MILLI, SHORT);

    assertThatCode(lenient::finish).doesNotThrowAnyException();
  }
}
