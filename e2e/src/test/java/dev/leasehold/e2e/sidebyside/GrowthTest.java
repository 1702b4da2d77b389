package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {

  @Test
  void fitsTheMediansOfThreeSizes() {
    Growth growth =
        new Growth("ours", "s").add(10, 25).add(10, 99).add(10, 24).add(100, 205).add(1000, 2005);

    assertThat(Growth.rows(List.of(growth)))
        .containsExactly(List.of("ours", "s", "2", "5", "1.000", "10, 100, 1,000"));
  }

  @Test
  void twoSizesAreTooFewForALine() {
    assertThat(Growth.rows(List.of(new Growth("peer", "s").add(1, 1).add(2, 2))))
        .containsExactly(List.of("peer", "s", "-", "-", "-", "1, 2: too few"));
  }

  @Test
  void whatWasNeverMeasuredHasNoRow() {
    assertThat(Growth.rows(List.of(new Growth("peer", "s")))).isEmpty();
  }

  @Test
  void smallNumbersKeepThreeDigits() {
    Growth growth = new Growth("ours", "s").add(1, 0.00123).add(2, 0.00246).add(3, 0.00369);

    assertThat(Growth.rows(List.of(growth)).get(0).get(2)).isEqualTo("0.00123");
  }
}
