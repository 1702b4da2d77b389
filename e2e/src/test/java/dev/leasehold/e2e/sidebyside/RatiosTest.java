package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.benchmark.Figures;
import org.junit.jupiter.api.Test;

class RatiosTest {

  @Test
  void comparesMediansWithOurs() {
    Figures figures = Figures.of(4_000_000, 1_000_000, 3_000_000);

    assertThat(Ratios.row("peer", figures, 1_500_000))
        .containsExactly("peer", "3.0 ms", "4.0 ms", "4.0 ms", "3", "2.00");
  }

  @Test
  void roundsLargeRatiosAndShowsNoneThatSayNothing() {
    assertThat(Ratios.times(12_340, 10)).isEqualTo("1,234");
    assertThat(Ratios.times(5, 0)).isEqualTo("-");
    assertThat(Ratios.times(-5, 2)).isEqualTo("-");
  }
}
