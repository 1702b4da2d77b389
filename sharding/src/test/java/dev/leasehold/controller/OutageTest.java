package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {

  private static final long START = Long.MAX_VALUE - 5;

  private final Outage outage = new Outage();

  @Test
  void watchThatEndsAndBeginsAgainNeedsNoReason() {
    assertThat(lookAfter(Duration.ZERO, false)).isFalse();
    assertThat(lookAfter(Duration.ofSeconds(4), false)).isFalse();
    assertThat(lookAfter(Duration.ofSeconds(6), true)).isFalse();
    assertThat(lookAfter(Duration.ofSeconds(7), false)).isFalse();
  }

  @Test
  void watchThatStaysDownIsExplainedAfterAWhileAndNowAndThenFromThenOn() {
    assertThat(lookAfter(Duration.ZERO, false)).isFalse();
    assertThat(lookAfter(Outage.GRACE, false)).isTrue();
    assertThat(lookAfter(Outage.GRACE.plusSeconds(1), false)).isFalse();
    assertThat(lookAfter(Outage.GRACE.plus(Outage.ASK_AGAIN), false)).isTrue();
  }

  @Test
  void onlyALongOutageNeedsNoFailedListToBeOne() {
    lookAfter(Duration.ZERO, false);
    assertThat(outage.isLong(START + Outage.LONG.toNanos() - 1)).isFalse();
    assertThat(outage.isLong(START + Outage.LONG.toNanos())).isTrue();
    lookAfter(Outage.LONG, true);
    assertThat(outage.isLong(START + Outage.LONG.toNanos())).isFalse();
  }

  private boolean lookAfter(Duration time, boolean isWatching) {
    // The clock's origin is arbitrary, and it may run over.
    return outage.isToBeExplained(isWatching, START + time.toNanos());
  }
}
