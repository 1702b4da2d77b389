package dev.leasehold.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LullTest {

  private static final long CALM = Lull.CALM.toNanos();
  private static final long LONGEST = Lull.LONGEST_WAIT.toNanos();

  private final Lull lull = new Lull();

  @Test
  void aSingleChangeIsWrittenAfterAMoment() {
    lull.changed(100);
    lull.firstWaits(100);
    assertThat(lull.nanosToWrite(100)).isEqualTo(CALM);
    assertThat(lull.nanosToWrite(100 + CALM)).isZero();
  }

  @Test
  void eachFurtherChangePutsTheWritingOff() {
    lull.changed(0);
    lull.firstWaits(0);
    lull.changed(CALM - 1);
    assertThat(lull.nanosToWrite(CALM)).isEqualTo(CALM - 1);
  }

  @Test
  void changesWithoutAnEndPutItOffForABoundedTimeOnly() {
    lull.firstWaits(0);
    for (long now = 0; now < LONGEST; now += CALM / 2) {
      lull.changed(now);
      assertThat(lull.nanosToWrite(now)).isPositive();
    }
    lull.changed(LONGEST);
    assertThat(lull.nanosToWrite(LONGEST)).isZero();
  }
}
