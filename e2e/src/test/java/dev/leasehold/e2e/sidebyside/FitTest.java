package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FitTest {

  @Test
  void findsTheLineThatPointsLieOn() {
    Fit fit = Fit.of(new double[] {10, 100, 1000}, new double[] {25, 205, 2005});

    assertThat(fit.slope()).isCloseTo(2, within(1e-9));
    assertThat(fit.intercept()).isCloseTo(5, within(1e-9));
    assertThat(fit.rSquared()).isCloseTo(1, within(1e-9));
  }

  @Test
  void goesBetweenPointsThatLieOnNone() {
    Fit fit = Fit.of(new double[] {0, 0, 2, 2}, new double[] {0, 2, 4, 6});

    assertThat(fit).isEqualTo(new Fit(1, 2, 0.8));
  }

  @Test
  void aLevelLineExplainsEverything() {
    assertThat(Fit.of(new double[] {1, 2, 3}, new double[] {7, 7, 7})).isEqualTo(new Fit(7, 0, 1));
  }

  @Test
  void refusesPointsOfOnePlace() {
    assertThatThrownBy(() -> Fit.of(new double[] {7, 7}, new double[] {1, 2}))
        .hasMessage("A line needs two different places.");
  }
}
