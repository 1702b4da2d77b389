package dev.leasehold.samples.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import org.junit.jupiter.api.Test;

class HistoryChecksTest {

  private static final String KEY = "default/page-1";

  /** Led by a, handed over to b, and by b's death to c, with a run under each. */
  private static Traces sound() {
    return new Traces()
        .promoted(10, "a", 3, 7)
        .ran(11, 15, "a", 3, 7, KEY)
        .demoted(100, "a", 3, 7)
        .promoted(105, "b", 3, 9)
        .ran(106, 110, "b", 3, 9, KEY)
        .started(300, "b", 3, 9, KEY)
        .killed(302, "b")
        .promoted(3302, "c", 3, 12)
        .ran(3303, 3305, "c", 3, 12, KEY)
        .demoted(4000, "c", 3, 12);
  }

  @Test
  void aSoundHistoryPassesEveryCheck() {
    History history = sound().history();

    assertThat(history.oddities()).isEmpty();
    assertThat(HistoryChecks.runsAreUnderTheirTerm(history)).isEmpty();
    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(history)).isEmpty();
    assertThat(HistoryChecks.epochsGrow(history)).isEmpty();
    assertThat(history.runs()).hasSize(4);
  }

  @Test
  void aRunBeforeThePromotionIsFound() {
    History history = new Traces().ran(9, 11, "a", 3, 7, KEY).promoted(10, "a", 3, 7).history();

    assertThat(HistoryChecks.runsAreUnderTheirTerm(history))
        .singleElement()
        .asString()
        .contains(KEY, "a_1", "did not begin while it led");
  }

  @Test
  void aRunUnderAnotherEpochThanTheTermsIsFound() {
    History history = sound().ran(50, 60, "a", 3, 6, KEY).history();

    assertThat(HistoryChecks.runsAreUnderTheirTerm(history)).hasSize(1);
  }

  @Test
  void aRunInABucketThatTheReplicaDoesNotLeadIsFound() {
    History history = sound().ran(50, 60, "b", 3, 7, KEY).ran(50, 60, "a", 4, 7, KEY).history();

    assertThat(HistoryChecks.runsAreUnderTheirTerm(history)).hasSize(2);
  }

  @Test
  void aRunLongAfterTheDemotionIsFound() {
    History history =
        new Traces()
            .promoted(10, "a", 3, 7)
            .demoted(100, "a", 3, 7)
            .ran(700, 701, "a", 3, 7, KEY)
            .history();

    assertThat(HistoryChecks.runsAreUnderTheirTerm(history)).hasSize(1);
  }

  @Test
  void aStartThatWasTracedABitLateIsNoViolationAsLongAsTheHandOverWaitedForIt() {
    Traces late =
        new Traces().promoted(10, "a", 3, 7).demoted(100, "a", 3, 7).ran(120, 130, "a", 3, 7, KEY);

    assertThat(HistoryChecks.runsAreUnderTheirTerm(late.history())).isEmpty();
    assertThat(HistoryChecks.runsAreUnderTheirTerm(late.promoted(125, "b", 3, 9).history()))
        .singleElement()
        .asString()
        .contains("was not over when b_1 began to lead");
  }

  @Test
  void aRunThatOutlivesItsTermIntoTheNextHoldersIsFound() {
    History history =
        new Traces()
            .promoted(10, "a", 3, 7)
            .ran(90, 200, "a", 3, 7, KEY)
            .demoted(100, "a", 3, 7)
            .promoted(150, "b", 3, 9)
            .history();

    assertThat(HistoryChecks.runsAreUnderTheirTerm(history)).hasSize(1);
  }

  @Test
  void aRunThatReachesIntoTheNextLifeOfItsOwnProcessIsFound() {
    History history =
        new Traces()
            .promoted(10, "a", 3, 7)
            .ran(90, 200, "a", 3, 7, KEY)
            .demoted(100, "a", 3, 7)
            .promoted(150, "a_2", 3, 9)
            .history();

    assertThat(HistoryChecks.runsAreUnderTheirTerm(history))
        .singleElement()
        .asString()
        .contains("was not over when a_2 began to lead");
  }

  @Test
  void aStartLongAfterTheTermIsFoundThoughNobodyHasNoticedItsEnd() {
    Traces lapsed = new Traces().valid(5, "a", 2005).promoted(10, "a", 3, 7);

    assertThat(
            HistoryChecks.runsAreUnderTheirTerm(lapsed.ran(2004, 2600, "a", 3, 7, KEY).history()))
        .isEmpty();
    assertThat(
            HistoryChecks.runsAreUnderTheirTerm(lapsed.ran(2700, 2701, "a", 3, 7, KEY).history()))
        .hasSize(1);
    assertThat(HistoryChecks.runsAreUnderTheirTerm(lapsed.valid(1500, "a", 3500).history()))
        .isEmpty();
  }

  @Test
  void aPromotionBeforeTheHoldersTermIsOverIsFoundEvenIfNobodyRunsAnything() {
    Traces paused = new Traces().valid(5, "a", 2005).promoted(10, "a", 3, 7);
    Traces late = new Traces().valid(5, "a", 2005).promoted(10, "a", 3, 7);

    assertThat(HistoryChecks.nobodyLedBesideAnother(late.promoted(2006, "b", 3, 9).history()))
        .isEmpty();
    assertThat(HistoryChecks.nobodyLedBesideAnother(paused.promoted(2004, "b", 3, 9).history()))
        .singleElement()
        .asString()
        .isEqualTo("b_1 began to lead bucket webpage 3 while a_1 led it, for another 1 ms.");
  }

  @Test
  void aPromotionBeforeTheHoldersDemotionIsFound() {
    Traces traces = sound().promoted(3999, "d", 3, 14);

    assertThat(HistoryChecks.nobodyLedBesideAnother(sound().history())).isEmpty();
    assertThat(HistoryChecks.nobodyLedBesideAnother(traces.history())).hasSize(1);
  }

  @Test
  void aKeyTwiceInOneProcessIsToldFromOneInTwo() {
    Traces two = new Traces().ran(10, 100, "a", 3, 7, KEY).ran(50, 60, "b", 3, 9, KEY);

    assertThat(HistoryChecks.noKeyRanTwiceAtOnceInOneProcess(two.history())).isEmpty();
    assertThat(
            HistoryChecks.noKeyRanTwiceAtOnceInOneProcess(
                two.ran(70, 80, "a_2", 3, 12, KEY).history()))
        .hasSize(1);
  }

  @Test
  void aKeyInsideTwoReconcilesAtOnceIsFound() {
    History history =
        new Traces()
            .ran(10, 100, "a", 3, 7, KEY)
            .ran(20, 25, "b", 3, 9, "default/other")
            .ran(50, 60, "b", 3, 9, KEY)
            .history();

    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(history))
        .singleElement()
        .asString()
        .contains(KEY, "b_1", "a_1");
  }

  @Test
  void aKeyInsideTwoReconcilesOfOneReplicaIsFound() {
    History history =
        new Traces().ran(10, 100, "a", 3, 7, KEY).ran(50, 160, "a", 3, 7, KEY).history();

    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(history)).hasSize(1);
  }

  @Test
  void aLongRunIsComparedWithAllThatFollowIt() {
    History history =
        new Traces()
            .ran(10, 100, "a", 3, 7, KEY)
            .ran(20, 25, "b", 3, 9, KEY)
            .ran(50, 60, "b", 3, 9, KEY)
            .history();

    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(history)).hasSize(2);
  }

  @Test
  void aRunThatTheKillCutOffEndsAtTheKill() {
    Traces cut = new Traces().started(10, "a", 3, 7, KEY).killed(40, "a");

    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(cut.ran(41, 50, "b", 3, 9, KEY).history()))
        .isEmpty();
    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(cut.ran(39, 60, "c", 3, 9, KEY).history()))
        .hasSize(2);
  }

  @Test
  void aRunThatNeverEndsIsOddAndLastsForEver() {
    History history =
        new Traces().started(10, "a", 3, 7, KEY).ran(90_000, 90_001, "b", 3, 9, KEY).history();

    assertThat(history.oddities()).singleElement().asString().contains("no end in the trace");
    assertThat(HistoryChecks.noKeyRanTwiceAtOnce(history)).hasSize(1);
  }

  @Test
  void theNextStartOnItsThreadEndsARunWhoseEndIsUntold() {
    Traces untold = new Traces().on(31).started(10, "a", 3, 7, KEY);

    History again = untold.ran(20, 30, "a", 3, 7, "default/another").history();
    assertThat(again.oddities())
        .singleElement()
        .satisfies(
            oddity -> {
              assertThat(oddity.kind()).isEqualTo(Oddity.Kind.UNTOLD);
              assertThat(oddity.fromNanos()).isEqualTo(10 * Traces.MILLI);
              assertThat(oddity.untilNanos()).isEqualTo(20 * Traces.MILLI);
            });
    assertThat(again.runs())
        .extracting(KeyRun::endNanos)
        .containsExactly(20 * Traces.MILLI, 30 * Traces.MILLI);
  }

  @Test
  void anEpochThatDoesNotGrowIsFound() {
    assertThat(HistoryChecks.epochsGrow(sound().promoted(5000, "d", 3, 12).history())).hasSize(1);
    assertThat(HistoryChecks.epochsGrow(sound().promoted(5000, "d", 3, 11).history())).hasSize(1);
    assertThat(HistoryChecks.epochsGrow(sound().promoted(5000, "d", 4, 11).history())).isEmpty();
  }

  @Test
  void epochsAreUnsigned() {
    assertThat(HistoryChecks.epochsGrow(sound().promoted(5000, "d", 3, -1).history())).isEmpty();
  }

  @Test
  void aKeyInAnotherBucketThanItsOwnIsFound() {
    BucketSet buckets = BucketSet.of("webpage", 8, KeyHash.NAME);
    int own = buckets.bucketOf("default", "page-1", null).index();

    assertThat(
            HistoryChecks.keysRanInTheirBuckets(
                new Traces().ran(1, 2, "a", own, 7, KEY).history(), buckets))
        .isEmpty();
    assertThat(
            HistoryChecks.keysRanInTheirBuckets(
                new Traces().ran(1, 2, "a", (own + 1) % 8, 7, KEY).history(), buckets))
        .hasSize(1);
  }

  @Test
  void linesThatMakeNoSenseWhereTheyAreAreOdd() {
    assertThat(sound().demoted(5000, "a", 3, 7).history().oddities()).hasSize(1);
    assertThat(sound().promoted(5000, "c", 3, 13).promoted(5001, "c", 3, 14).history().oddities())
        .hasSize(1);
    assertThat(sound().ended(5000, "c", 3, 12, KEY).history().oddities()).hasSize(1);
    assertThat(sound().promoted(303, "b", 4, 10).history().oddities())
        .singleElement()
        .asString()
        .contains("after its death");
  }
}
