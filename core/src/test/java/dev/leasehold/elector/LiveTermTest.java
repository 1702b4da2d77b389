package dev.leasehold.elector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.election.Term;
import dev.leasehold.time.Now;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveTermTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private long nanos;
  private long wallMillis;
  private final LiveTerm term = new LiveTerm(this::now, until(10));

  @Test
  void termStandsByTheMonotonicClockUpToItsEnd() {
    assertThat(term.standsAt(pass(10 * SECOND - 1))).isTrue();
    assertThat(term.standsAt(pass(1))).isFalse();
  }

  @Test
  void termThatWasFoundOverStandsNeverAgainByWhicheverClock() {
    wallMillis = Duration.ofMinutes(20).toMillis();
    assertThat(term.standsAt(nanos)).as("the monotonic clock stood still").isTrue();
    assertThat(term.isValid()).isFalse();
    assertThat(term.standsAt(nanos)).isFalse();
    assertThat(term.extend(until(30))).isFalse();
  }

  @Test
  void termThatTheQueueWasToldIsOverIsNotCarriedOn() {
    assertThat(term.standsAt(pass(11 * SECOND))).isFalse();
    assertThat(term.extend(until(30))).isFalse();
    assertThat(term.isValid()).isFalse();
  }

  private Now now() {
    return new Now(nanos, wallMillis);
  }

  private long pass(long time) {
    nanos += time;
    wallMillis += time / 1_000_000;
    return nanos;
  }

  private static Term until(int seconds) {
    return Term.from("replica_0123abcd", 1, new Now(0, 0), Duration.ofSeconds(seconds));
  }
}
