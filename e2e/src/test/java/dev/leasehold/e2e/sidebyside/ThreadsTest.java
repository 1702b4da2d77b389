package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadsTest {

  @Test
  void leavesOutWhatEveryMachineHas() {
    assertThat(Threads.beyondTheMachine(Map.of("main", 1, "Finalizer", 1, "leasehold-feed", 2)))
        .isEqualTo(Map.of("leasehold-feed", 2));
  }

  @Test
  void workersAreAsManyAsWereAskedFor() {
    assertThat(Threads.beyondWorkers(Map.of("leasehold-maps-N-N", 4, "leasehold-feed", 2)))
        .isEqualTo(Map.of("leasehold-feed", 2));
  }
}
