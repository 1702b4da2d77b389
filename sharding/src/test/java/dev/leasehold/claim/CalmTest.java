package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whom a plan counts on, and when what is led may be moved; the settling time is a second. */
final class CalmTest {

  private static final long SECOND = 1_000_000_000L;

  private final Calm calm = new Calm(Duration.ofSeconds(1), 0);

  @Test
  void nothingIsMovedUntilNobodyHasComeOrGoneForTheSettlingTime() {
    countOn(0, "a1", "b1");
    assertThat(calm.allowsMoves(SECOND - 1)).isFalse();
    assertThat(calm.allowsMoves(SECOND)).isTrue();
    countOn(5 * SECOND, "a1", "b1", "c1");
    assertThat(calm.allowsMoves(5 * SECOND)).isFalse();
    countOn(5 * SECOND + SECOND / 2, "a1", "c1");
    assertThat(calm.allowsMoves(6 * SECOND)).isFalse();
    assertThat(calm.wakeAt(6 * SECOND)).isEqualTo(6 * SECOND + SECOND / 2);
    assertThat(calm.allowsMoves(6 * SECOND + SECOND / 2)).isTrue();
    assertThat(calm.wakeAt(7 * SECOND)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aNewcomerIsCountedOnAtOnceForWhatNobodyLeads() {
    countOn(0, "a1");
    assertThat(countOn(1, "a1", "b1")).containsExactly("a1", "b1");
  }

  @Test
  void withoutASettlingTimeEveryPlanIsFollowedAtOnce() {
    Calm none = new Calm(Duration.ZERO, 0);
    for (int life = 1; life < 9; life++) {
      none.countOn(peers("a1"), life);
      assertThat(none.countOn(peers("a1", "b" + life), life)).hasSize(2);
      assertThat(none.allowsMoves(life)).isTrue();
      assertThat(none.wakeAt(life)).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void changesWithoutAnEndHoldMovesUpForABoundedTimeOnly() {
    long allowed = 0;
    for (int i = 0; i < 1000; i++) {
      long nanos = i * SECOND / 10;
      countOn(nanos, "a1", "fresh" + i + "-1");
      allowed += calm.allowsMoves(nanos) ? 1 : 0;
    }
    assertThat(allowed).isBetween(20L, 40L);
  }

  @Test
  void aHostIsForgivenOneShortLife() {
    flap(1);
    assertThat(countOn(100 * SECOND, "a1", "b2")).containsExactly("a1", "b2");
  }

  @Test
  void aHostThatFlapsIsWaitedForTwiceAsLongForEachShortLifeMore() {
    flap(3);
    long back = 100 * SECOND;
    assertThat(countOn(back, "a1", "b4")).containsExactly("a1");
    assertThat(calm.wakeAt(back)).isEqualTo(back + 4 * SECOND);
    assertThat(countOn(back + 4 * SECOND - 1, "a1", "b4")).containsExactly("a1");
    assertThat(countOn(back + 4 * SECOND, "a1", "b4")).containsExactly("a1", "b4");
    assertThat(countOn(back + 5 * SECOND, "a1", "b4", "c1")).containsExactly("a1", "b4", "c1");
  }

  @Test
  void aHostThatFlapsIsWaitedForNoLongerThan32SettlingTimes() {
    flap(50);
    countOn(1000 * SECOND, "a1", "b51");
    assertThat(countOn(1032 * SECOND - 1, "a1", "b51")).containsExactly("a1");
    assertThat(countOn(1032 * SECOND, "a1", "b51")).containsExactly("a1", "b51");
  }

  @Test
  void aHostThatFlapsHoldsNobodyElseUp() {
    flap(4);
    long back = 100 * SECOND;
    assertThat(calm.allowsMoves(back)).isTrue();
    countOn(back, "a1", "b5");
    assertThat(calm.allowsMoves(back)).isTrue();
    countOn(back + SECOND, "a1");
    assertThat(calm.allowsMoves(back + SECOND)).isTrue();
  }

  @Test
  void aLongLifeMakesUpForShortOnes() {
    flap(5);
    countOn(100 * SECOND, "a1", "b6");
    countOn(200 * SECOND, "a1");
    assertThat(countOn(201 * SECOND, "a1", "b7")).containsExactly("a1", "b7");
  }

  @Test
  void ifAllFlapAlikeAllAreCountedOn() {
    for (int life = 1; life < 6; life++) {
      countOn(life * SECOND, "a" + life, "b" + life);
    }
    assertThat(countOn(10 * SECOND, "a9", "b9")).containsExactly("a9", "b9");
  }

  @Test
  void whoeverRunsWhatNobodyElseRunsIsCountedOnThoughItFlaps() {
    for (int life = 1; life < 6; life++) {
      calm.countOn(List.of(peer("a1", "page"), peer("b" + life, "site")), life * SECOND);
      calm.countOn(List.of(peer("a1", "page")), life * SECOND + 1);
    }
    assertThat(calm.countOn(List.of(peer("a1", "page"), peer("b9", "site")), 10 * SECOND))
        .hasSize(2);
  }

  @Test
  void knowsWhoCameSinceATime() {
    countOn(SECOND, "a1");
    countOn(2 * SECOND, "a1", "b1");
    assertThat(calm.cameSince("a1", SECOND + 1)).isFalse();
    assertThat(calm.cameSince("b1", SECOND + 1)).isTrue();
    assertThat(calm.cameSince("c1", 0)).isFalse();
  }

  /** So many short lives of b beside a, half a second each, from time 0 on. */
  private void flap(int lives) {
    for (int life = 1; life <= lives; life++) {
      countOn(life * SECOND, "a1", "b" + life);
      countOn(life * SECOND + SECOND / 2, "a1");
    }
  }

  private List<String> countOn(long nanos, String... uids) {
    return calm.countOn(peers(uids), nanos).stream().map(Candidate::uid).toList();
  }

  private static List<Calm.Peer> peers(String... uids) {
    return Stream.of(uids).map(uid -> peer(uid, "page")).toList();
  }

  /** On the host that its uid begins with; the rest is the number of the life. */
  private static Calm.Peer peer(String uid, String controller) {
    String host = uid.replaceAll("\\d+$", "");
    return new Calm.Peer(new Candidate(uid, Map.of(controller, 4)), host);
  }
}
