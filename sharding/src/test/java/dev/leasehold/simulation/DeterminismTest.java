package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeterminismTest {

  @ParameterizedTest
  @ValueSource(longs = {2, 14, 20, 1029, 10_928})
  void theSameSeedBringsTheSameEvents(long seed) {
    try (Log log = Log.ofErrorsOnly()) {
      Report once = Simulation.random(seed).runWithTimeline();
      Report again = Simulation.random(seed).runWithTimeline();
      assertThat(again.timeline()).isEqualTo(once.timeline()).isNotEmpty();
      assertThat(again.events()).isEqualTo(once.events());
      assertThat(log.errors()).isEmpty();
    }
  }
}
