package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DepartureTest {

  @Test
  void anObjectBelongsToWhoeverReconciledItLastBeforeTheDeparture() {
    Departure departure =
        new Departure("gone", List.of(run("a", 10), run("b", 10), run("c", 10), run("c", 30)), 100);

    assertThat(departure.objects(List.of(run("b", 20), run("c", 20), run("a", 110))))
        .containsExactlyInAnyOrder("a", "c");
  }

  private static Line run(String object, long nanos) {
    return new Line("run", object, nanos, "0");
  }
}
