package dev.leasehold.claim;

import static dev.leasehold.claim.Leases.BUCKET;
import static dev.leasehold.claim.Leases.bucket;
import static dev.leasehold.claim.Leases.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.log.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a bucket that changes hands by this replica's writes. */
final class HandOversTest {

  private static final long MILLI = 1_000_000;
  private static final String HOSTILE =
      "<img src=x onerror=alert(1)>\u0000\n\u202e\u2028forged: " + "x".repeat(5000);

  private final List<ChangeOfHands> told = new ArrayList<>();
  private final HandOvers handOvers =
      new HandOvers(
          new ShardListener() {
            @Override
            public void changedHands(ChangeOfHands change) {
              told.add(change);
            }
          });

  @Test
  void aHandOverIsToldWithAllItsPartsWhenTheWatchShowsIt() {
    handOvers.closed(sight("me"), 0);
    handOvers.stopped(BUCKET, 3 * MILLI);
    handOvers.sent(
        BUCKET, write("me", "other"), ChangeOfHands.Reason.JOIN, Duration.ZERO, 4 * MILLI);
    handOvers.answered(BUCKET, 9 * MILLI);
    assertThat(told).isEmpty();
    handOvers.seen(sight("other"), 11 * MILLI);
    assertThat(told)
        .containsExactly(
            new ChangeOfHands(
                BUCKET,
                "me",
                "other",
                ChangeOfHands.Reason.JOIN,
                6,
                "lease",
                Duration.ZERO,
                Duration.ofMillis(3),
                Duration.ofMillis(5),
                Duration.ofMillis(2)));
    assertThat(told.get(0))
        .hasToString(
            "page.00-of-01: me -> other (join), epoch 6: drained in 3.0 ms, written in 5.0 ms, seen"
                + " in 2.0 ms");
  }

  @Test
  void aChangeThatIsSeenBeforeItsAnswerIsToldOnceAndWithoutATimeForTheWatch() {
    handOvers.sent(BUCKET, write("dead", "me"), ChangeOfHands.Reason.CRASH, Duration.ZERO, MILLI);
    handOvers.seen(sight("me"), 4 * MILLI);
    handOvers.answered(BUCKET, 5 * MILLI);
    handOvers.seen(sight("me"), 6 * MILLI);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).drain()).isZero();
    assertThat(told.get(0).write()).isEqualTo(Duration.ofMillis(3));
    assertThat(told.get(0).watch()).isZero();
  }

  @Test
  void ofWhatIsTakenFromTheDeadItIsToldForHowLongTheyHadBeenSilent() {
    Duration silence = Duration.ofMillis(15_010);
    handOvers.sent(BUCKET, write("dead", "me"), ChangeOfHands.Reason.CRASH, silence, 0);
    handOvers.seen(sight("me"), 4 * MILLI);
    assertThat(told.get(0).silence()).isEqualTo(silence);
    assertThat(told.get(0))
        .hasToString(
            "page.00-of-01: dead -> me (crash), epoch 6: silent for 15010.0 ms, written in 4.0 ms,"
                + " seen in 0.0 ms");
  }

  @Test
  void anEditOfTheLeaseMeanwhileDoesNotHideHowLongTheDrainTook() {
    handOvers.closed(sight("me"), 0);
    handOvers.seen(sight("me"), MILLI);
    handOvers.stopped(BUCKET, 3 * MILLI);
    handOvers.sent(
        BUCKET, write("me", "other"), ChangeOfHands.Reason.JOIN, Duration.ZERO, 4 * MILLI);
    handOvers.seen(sight("other"), 5 * MILLI);
    assertThat(told.get(0).drain()).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void aWriteThatIsSentAgainCountsFromTheFirstTime() {
    handOvers.sent(BUCKET, write("dead", "me"), ChangeOfHands.Reason.CRASH, Duration.ZERO, 0);
    handOvers.answered(BUCKET, MILLI);
    handOvers.sent(
        BUCKET, write("dead", "me"), ChangeOfHands.Reason.CRASH, Duration.ZERO, 10 * MILLI);
    handOvers.seen(sight("me"), 12 * MILLI);
    assertThat(told.get(0).write()).isEqualTo(Duration.ofMillis(12));
  }

  @Test
  void whatSomebodyElseGotIsNotTold() {
    handOvers.sent(BUCKET, write("dead", "me"), ChangeOfHands.Reason.CRASH, Duration.ZERO, 0);
    handOvers.seen(sight("third"), MILLI);
    handOvers.seen(sight("me"), 2 * MILLI);
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsReleasedOrStaysWithItsHolderHasNotChangedHands() {
    ClaimEffect.Write release = new ClaimEffect.Write(bucket("me", 5), released("me", 6).record());
    handOvers.sent(BUCKET, release, ChangeOfHands.Reason.LEAVE, Duration.ZERO, 0);
    handOvers.seen(sight(""), MILLI);
    handOvers.sent(BUCKET, write("me", "me"), ChangeOfHands.Reason.FREE, Duration.ZERO, 2 * MILLI);
    handOvers.seen(sight("me"), 3 * MILLI);
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsOpenedAgainHereHasNotBeenGivenAway() {
    handOvers.closed(sight("me"), 0);
    handOvers.sent(
        BUCKET, write("me", "other"), ChangeOfHands.Reason.REBALANCE, Duration.ZERO, MILLI);
    handOvers.opened(BUCKET);
    handOvers.seen(sight("other"), 2 * MILLI);
    assertThat(told).isEmpty();
  }

  @Test
  void whatOthersCallThemselvesIsOneShortLineInTheLog() {
    try (CapturedLog said = CapturedLog.of(HandOvers.class)) {
      handOvers.sent(
          BUCKET, write("dead", "me", HOSTILE), ChangeOfHands.Reason.CRASH, Duration.ZERO, 0);
      handOvers.seen(sight("me"), MILLI);
      assertThat(said.messages())
          .singleElement()
          .asString()
          .startsWith("page.00-of-01: dead<img src=x onerror=alert(1)>forged: xxx")
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028]")
          .contains("… -> me (crash), epoch 6")
          .hasSizeLessThan(400);
    }
  }

  private static BucketSight sight(String holder) {
    return BucketSight.unseen(BUCKET, 0, 0)
        .present(bucket(holder, 6), new BucketSight.Context(0, false, false, 0));
  }

  private static ClaimEffect.Write write(String from, String to) {
    return new ClaimEffect.Write(bucket(from, 5), bucket(to, 6).record());
  }

  /** The same with something behind the old holder's name. */
  private static ClaimEffect.Write write(String from, String to, String behind) {
    LockSnapshot base = bucket(from, 5);
    LockRecord record = base.record();
    LockRecord renamed =
        new LockRecord(
            from + behind,
            record.durationSeconds(),
            null,
            null,
            0,
            record.labels(),
            record.annotations());
    return new ClaimEffect.Write(
        new LockSnapshot(base.name(), base.version(), renamed), bucket(to, 6).record());
  }
}
