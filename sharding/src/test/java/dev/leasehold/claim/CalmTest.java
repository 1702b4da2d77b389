package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When what is led may be moved; the settling time is a second. */
final class CalmTest {

  private static final long SECOND = 1_000_000_000L;

  private final Calm calm = new Calm(Duration.ofSeconds(1), 0);

  @Test
  void nothingIsMovedUntilNobodyHasComeOrGoneForTheSettlingTime() {
    take(0, "a1", "b1");
    assertThat(calm.allowsMoves(SECOND - 1)).isFalse();
    assertThat(calm.allowsMoves(SECOND)).isTrue();
    take(5 * SECOND, "a1", "b1", "c1");
    assertThat(calm.allowsMoves(5 * SECOND)).isFalse();
    take(5 * SECOND + SECOND / 2, "a1", "c1");
    assertThat(calm.allowsMoves(6 * SECOND)).isFalse();
    assertThat(calm.wakeAt(6 * SECOND)).isEqualTo(6 * SECOND + SECOND / 2);
    assertThat(calm.allowsMoves(6 * SECOND + SECOND / 2)).isTrue();
    assertThat(calm.wakeAt(7 * SECOND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void withoutASettlingTimeEveryPlanIsFollowedAtOnce() {
    Calm none = new Calm(Duration.ZERO, 0);
    for (int life = 1; life < 9; life++) {
      none.take(candidates("a1"), life);
      none.take(candidates("a1", "b" + life), life);
      assertThat(none.allowsMoves(life)).isTrue();
      assertThat(none.wakeAt(life)).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void changesWithoutAnEndHoldMovesUpForABoundedTimeOnly() {
    long allowed = 0;
    for (int i = 0; i < 1000; i++) {
      long nanos = i * SECOND / 10;
      take(nanos, "a1", "fresh" + i + "-1");
      allowed += calm.allowsMoves(nanos) ? 1 : 0;
    }
    assertThat(allowed).isBetween(20L, 40L);
  }

  @Test
  void knowsWhoCameSinceATime() {
    take(SECOND, "a1");
    take(2 * SECOND, "a1", "b1");
    assertThat(calm.cameSince("a1", SECOND + 1)).isFalse();
    assertThat(calm.cameSince("b1", SECOND + 1)).isTrue();
    assertThat(calm.cameSince("c1", 0)).isFalse();
  }

  private void take(long nanos, String... uids) {
    calm.take(candidates(uids), nanos);
  }

  private static List<Candidate> candidates(String... uids) {
    return Stream.of(uids).map(uid -> new Candidate(uid, Map.of("page", 4))).toList();
  }
}
