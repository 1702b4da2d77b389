package dev.leasehold.claim;

import static dev.leasehold.claim.Leases.BUCKET;
import static dev.leasehold.claim.Leases.LEASE;
import static dev.leasehold.claim.Leases.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.election.Timings;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.time.Now;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the member "me" does about one bucket. */
final class ClaimDecisionTest {

  private static final long NOW = 100_000_000_000L;
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Timings TIMINGS = Timings.defaults();
  private static final Successor ME = new Successor("me", "shop.member.me", "me", 15);
  private static final Successor OTHER = new Successor("other", "shop.member.other", "other", 20);

  private Claim claim = Claim.idle(NOW);
  private ClaimDecision.Me me = new ClaimDecision.Me(ME, true, true, true, false);
  private Standing holder = Standing.RESPECTED;
  private boolean earlierLife;
  private @Nullable Successor planned = ME;
  private boolean mayGo = true;
  private boolean mayWrite = true;
  private long leftSince = NOW;
  private boolean waitsToWrite;

  // ---- opening ----

  @Test
  void opensWhatItHoldsUnderItsPresentUidWithTheVersionAsEpoch() {
    assertThat(decide(sight(bucket("me", 10)))).containsExactly(new ClaimEffect.Open(10));
  }

  @Test
  void aNameProvesNothing() {
    LockSnapshot named = bucket("me", 10, LeaseMetadata.MEMBER_UID, "my-earlier-uid");
    assertThat(decide(sight(named))).isEmpty();
  }

  @Test
  void opensNothingWithoutAValidTerm() {
    me = new ClaimDecision.Me(ME, false, true, true, false);
    assertThat(decide(sight(bucket("me", 10)))).isEmpty();
    me = new ClaimDecision.Me(null, false, true, false, false);
    assertThat(decide(sight(bucket("me", 10)))).isEmpty();
  }

  @Test
  void leadsNothingBeforeTheOthersMayHaveSeenThatItIsReadyWhoeverGaveIt() {
    me = new ClaimDecision.Me(ME, true, false, false, false);
    planned = OTHER;
    assertThat(write(decide(sight(bucket("me", 10)))).record().holder()).isEqualTo("other");
    claim = Claim.idle(NOW);
    planned = null;
    assertThat(write(decide(sight(bucket("me", 10)))).record().holder()).isEmpty();
  }

  @Test
  void waitsForWhoeverMayStillWorkOnWhatItHolds() {
    BucketSight given = sight(bucket("me", 10), NOW + 1);
    assertThat(decide(given)).isEmpty();
    assertThat(decideAt(given, NOW + 1)).containsExactly(new ClaimEffect.Open(10));
  }

  @Test
  void afterAWriteWithoutAnAnswerItStaysClosedAndWritesAgain() {
    BucketSight sight = sight(bucket("me", 10));
    claim = claim.sent(sight.sighting(), NOW).answered(Long.MAX_VALUE);
    List<ClaimEffect> effects = decide(sight);
    assertThat(effects).hasSize(1);
    assertThat(write(effects).base()).isEqualTo(bucket("me", 10));
    assertThat(write(effects).record().holder()).isEqualTo("me");
  }

  @Test
  void anotherNameOnWhatItHoldsIsPutRightBeforeItOpens() {
    LockSnapshot mine = bucket("me", 10);
    LockRecord record = mine.record();
    LockSnapshot misnamed =
        new LockSnapshot(
            mine.name(),
            mine.version(),
            new LockRecord(
                "thief",
                record.durationSeconds(),
                record.acquired(),
                record.renewed(),
                record.transitions(),
                record.labels(),
                record.annotations()));
    List<ClaimEffect> effects = decide(sight(misnamed));
    assertThat(effects).hasSize(1);
    assertThat(write(effects).base()).isEqualTo(misnamed);
    assertThat(write(effects).record().holder()).isEqualTo("me");
  }

  @Test
  void aNewerVersionSettlesWhatHadNoAnswer() {
    claim = claim.sent(1, NOW).answered(Long.MAX_VALUE).seen(NOW);
    assertThat(decide(sight(bucket("me", 11)))).containsExactly(new ClaimEffect.Open(11));
  }

  // ---- calm ----

  @Test
  void whatItLeadsStaysOpenUntilItMayGoThoughItIsPlannedElsewhere() {
    claim = claim.opened(10);
    planned = OTHER;
    mayGo = false;
    assertThat(decide(sight(bucket("me", 10)))).isEmpty();
    mayGo = true;
    assertThat(decide(sight(bucket("me", 10))))
        .containsExactly(new ClaimEffect.Close(CloseCause.HAND_OVER));
  }

  @Test
  void whatItHoldsAndMayNotGoYetIsOpenedMeanwhile() {
    planned = OTHER;
    mayGo = false;
    assertThat(decide(sight(bucket("me", 10)))).containsExactly(new ClaimEffect.Open(10));
  }

  @Test
  void whoeverLeavesKeepsABucketOpenUntilItsTurnAndReleasesNoneThatSomebodyCanRun() {
    claim = claim.opened(10);
    planned = OTHER;
    mayGo = false;
    me = new ClaimDecision.Me(ME, true, true, false, true);
    assertThat(decide(sight(bucket("me", 10)))).isEmpty();
    mayGo = true;
    assertThat(decide(sight(bucket("me", 10))))
        .containsExactly(new ClaimEffect.Close(CloseCause.HAND_OVER));
  }

  @Test
  void whoeverLeavesGivesAwayWhatIsClosedWithoutWaitingForItsTurn() {
    planned = OTHER;
    mayGo = false;
    me = new ClaimDecision.Me(ME, true, true, false, true);
    assertThat(write(decide(sight(bucket("me", 10)))).record().holder()).isEqualTo("other");
  }

  @Test
  void whatNobodyLeadsIsTakenWithoutWaitingForCalm() {
    mayGo = false;
    holder = Standing.DEAD;
    assertThat(decide(sight(bucket("other", 10)))).hasSize(1);
  }

  // ---- closing ----

  @Test
  void closesWhenTheTermIsOver() {
    claim = claim.opened(10);
    me = new ClaimDecision.Me(ME, false, true, true, false);
    assertCloses(sight(bucket("me", 10)), CloseCause.TERM_OVER);
  }

  @Test
  void closesWhenItsLeaseIsDeleted() {
    claim = claim.opened(10);
    assertCloses(absent("me"), CloseCause.DELETED);
  }

  @Test
  void closesWhenItsLeaseNamesAnother() {
    claim = claim.opened(10);
    assertCloses(sight(bucket("other", 11)), CloseCause.TAKEN);
  }

  @Test
  void closesWhenItsLeaseIsEmptied() {
    claim = claim.opened(10);
    assertCloses(sight(bucket("", 11)), CloseCause.EDITED);
  }

  @Test
  void aVersionThatItDidNotWriteIsANewEpochThoughItStillNamesIt() {
    claim = claim.opened(10);
    assertCloses(sight(bucket("me", 11)), CloseCause.EDITED);
    claim = claim.stopped();
    assertThat(decide(sight(bucket("me", 11)))).containsExactly(new ClaimEffect.Open(11));
  }

  @Test
  void closesBeforeAnythingIsWritten() {
    claim = claim.opened(10);
    planned = OTHER;
    assertThat(decide(sight(bucket("me", 10))))
        .containsExactly(new ClaimEffect.Close(CloseCause.HAND_OVER));
    assertThat(decide(sight(bucket("me", 10)))).isEmpty();
  }

  // ---- hand-over ----

  @Test
  void handsOverOnlyOnceTheWorkHasStoppedAndWithTheSuccessorsDuration() {
    claim = claim.opened(10).closing(NOW + DRAIN.toNanos());
    planned = OTHER;
    assertThat(decide(sight(bucket("me", 10)))).isEmpty();
    claim = claim.stopped();
    ClaimEffect.Write write = write(decide(sight(bucket("me", 10))));
    assertThat(write.record().annotation(LeaseMetadata.MEMBER_UID)).isEqualTo("other");
    assertThat(write.record().annotation(LeaseMetadata.HANDED_OVER_BY)).isEqualTo("me@10");
    assertThat(write.record().durationSeconds()).isEqualTo(OTHER.durationSeconds());
  }

  @Test
  void handsNothingStraightBackToWhoGaveIt() {
    planned = OTHER;
    BucketSight given = sight(bucket("me", 10, LeaseMetadata.HANDED_OVER_BY, "other@9"));
    assertThat(decide(given)).containsExactly(new ClaimEffect.Open(10));
    assertThat(decideAt(given, NOW + LEASE - 1)).isEmpty();
    assertThat(decideAt(given, NOW + LEASE))
        .containsExactly(new ClaimEffect.Close(CloseCause.HAND_OVER));
  }

  @Test
  void handsStraightBackWhenItLeaves() {
    planned = OTHER;
    me = new ClaimDecision.Me(ME, true, true, false, true);
    assertThat(decide(sight(bucket("me", 10, LeaseMetadata.HANDED_OVER_BY, "other@9"))))
        .hasSize(1)
        .first()
        .isInstanceOf(ClaimEffect.Write.class);
  }

  @Test
  void workThatDoesNotDrainIsInterruptedAndNeverGivenAway() {
    claim = claim.opened(10).closing(NOW + DRAIN.toNanos());
    planned = OTHER;
    BucketSight sight = sight(bucket("me", 10));
    assertThat(decideAt(sight, NOW + DRAIN.toNanos())).containsExactly(new ClaimEffect.Interrupt());
    assertThat(decideAt(sight, NOW + 100 * LEASE)).isEmpty();
  }

  @Test
  void workIsInterruptedAtOnceWhenTheBucketIsLostInAHandOver() {
    claim = claim.opened(10).closing(NOW + DRAIN.toNanos());
    assertThat(decide(sight(bucket("other", 11)))).containsExactly(new ClaimEffect.Interrupt());
  }

  @Test
  void releasesWithItsMarkWhenItLeavesAndNobodyElseCanRunTheBucket() {
    me = new ClaimDecision.Me(ME, true, true, false, true);
    planned = null;
    ClaimEffect.Write write = write(decide(sight(bucket("me", 10))));
    assertThat(write.record().isHeld()).isFalse();
    assertThat(write.record().annotation(LeaseMetadata.RELEASED_BY)).isEqualTo("me");
  }

  // ---- taking ----

  @Test
  void createsAnAbsentLeaseThatIsClear() {
    ClaimEffect.Write write = write(decide(BucketSight.unseen(BUCKET, NOW, NOW)));
    assertThat(write.base()).isNull();
    assertThat(write.record().annotation(LeaseMetadata.MEMBER_UID)).isEqualTo("me");
  }

  @Test
  void waitsUntilADeletedLeaseIsClear() {
    BucketSight deleted = BucketSight.unseen(BUCKET, NOW + LEASE, NOW);
    assertThat(decide(deleted)).isEmpty();
    assertThat(decideAt(deleted, NOW + LEASE)).hasSize(1);
  }

  @Test
  void recreatesItsOwnDeletedLeaseAtOnce() {
    assertThat(write(decide(absent("me"))).base()).isNull();
  }

  @Test
  void recreatesNothingThatAnEarlierLifeHeld() {
    assertThat(decide(absent("my-earlier-uid"))).isEmpty();
  }

  @Test
  void takesNothingFromALapsedMemberThatIsNotFenced() {
    holder = Standing.LAPSED;
    assertThat(decideAt(sight(bucket("other", 10)), NOW + 100 * LEASE)).isEmpty();
  }

  @Test
  void takesFromTheDeadWhatIsPlannedForIt() {
    holder = Standing.DEAD;
    assertThat(write(decide(sight(bucket("other", 10)))).base()).isEqualTo(bucket("other", 10));
  }

  @Test
  void takesWhatIsPlannedForAnotherOnlyAfterALeaseDuration() {
    holder = Standing.DEAD;
    planned = OTHER;
    BucketSight dead = sight(bucket("third", 10));
    assertThat(decide(dead)).isEmpty();
    assertThat(decideAt(dead, NOW + LEASE)).hasSize(1);
  }

  @Test
  void takesNothingFromAnotherThatIsBusyTakingOthers() {
    BucketSight free = BucketSight.unseen(BUCKET, NOW, NOW);
    planned = OTHER;
    leftSince = NOW + LEASE;
    long retryPeriod = TIMINGS.retryPeriod().toNanos();
    assertThat(decideAt(free, NOW + LEASE + retryPeriod - 1)).isEmpty();
    assertThat(decideAt(free, NOW + LEASE + retryPeriod)).hasSize(1);
  }

  @Test
  void aWriteThatThereIsNoRoomForIsDecidedAboutAgain() {
    BucketSight free = BucketSight.unseen(BUCKET, NOW, NOW);
    mayWrite = false;
    assertThat(decide(free)).isEmpty();
    assertThat(waitsToWrite).isTrue();
    mayWrite = true;
    assertThat(decide(free)).hasSize(1);
    assertThat(waitsToWrite).isFalse();
  }

  @Test
  void opensWithoutRoomForAWrite() {
    mayWrite = false;
    assertThat(decide(sight(bucket("me", 10)))).containsExactly(new ClaimEffect.Open(10));
  }

  @Test
  void swapsTheClaimOfItsEarlierLifeOnceTheWorkHasStopped() {
    earlierLife = true;
    claim = claim.opened(10).closing(NOW).withInterrupt();
    assertThat(decide(sight(bucket("earlier", 10)))).isEmpty();
    claim = claim.stopped();
    LockSnapshot held = bucket("earlier", 10);
    LockRecord swap = write(decide(sight(held))).record();
    assertThat(swap.annotation(LeaseMetadata.MEMBER_UID)).isEqualTo("me");
    assertThat(swap.annotation(LeaseMetadata.HANDED_OVER_BY))
        .isEqualTo(BucketRecords.handOverMark("earlier", held));
  }

  @Test
  void takesNothingBeforeItIsReady() {
    me = new ClaimDecision.Me(ME, true, true, false, false);
    assertThat(decide(BucketSight.unseen(BUCKET, NOW, NOW))).isEmpty();
  }

  // ---- trouble ----

  @Test
  void hasOneWriteOutAtATimeAndRestsInBetween() {
    BucketSight free = BucketSight.unseen(BUCKET, NOW, NOW);
    assertThat(decide(free)).hasSize(1);
    assertThat(decideAt(free, NOW + LEASE)).isEmpty();
    claim = claim.answered(Long.MAX_VALUE);
    assertThat(decide(free)).isEmpty();
    assertThat(decideAt(free, NOW + TIMINGS.retryPeriod().toNanos())).hasSize(1);
  }

  @Test
  void aWriteThatDoesNotShowMakesTheWatchSuspect() {
    claim = claim.sent(1, NOW + LEASE).answered(NOW + 1);
    assertThat(decide(sight(bucket("other", 10)))).isEmpty();
    assertThat(decideAt(sight(bucket("other", 10)), NOW + 1))
        .containsExactly(new ClaimEffect.RefreshFeed());
  }

  @Test
  void aLeaseThatExistsAndIsNotShownIsRemoved() {
    claim = claim.sent(1, NOW + LEASE).answered(NOW);
    assertThat(decide(BucketSight.unseen(BUCKET, NOW, NOW)))
        .containsExactly(new ClaimEffect.RefreshFeed(), new ClaimEffect.RemoveUnseen());
  }

  @Test
  void nothingIsWrittenUntilTheLastWriteIsSeen() {
    claim = claim.sent(1, NOW).answered(NOW + LEASE);
    assertThat(decide(BucketSight.unseen(BUCKET, NOW, NOW))).isEmpty();
  }

  private void assertCloses(BucketSight sight, CloseCause cause) {
    assertThat(decide(sight))
        .containsExactly(new ClaimEffect.Close(cause), new ClaimEffect.Interrupt());
    assertThat(claim.work()).isEqualTo(Claim.Work.CLOSING);
  }

  private List<ClaimEffect> decide(BucketSight sight) {
    return decideAt(sight, NOW);
  }

  private List<ClaimEffect> decideAt(BucketSight sight, long nanos) {
    ClaimDecision.Decision decision =
        ClaimDecision.decide(
            claim,
            new ClaimDecision.Facts(
                sight,
                me,
                holder,
                leftSince,
                earlierLife,
                planned,
                mayGo,
                mayWrite,
                new Now(nanos, nanos / 1_000_000)),
            new BucketRecords("shop"),
            TIMINGS,
            DRAIN);
    claim = decision.claim();
    waitsToWrite = decision.waitsToWrite();
    return decision.effects();
  }

  private static ClaimEffect.Write write(List<ClaimEffect> effects) {
    assertThat(effects).hasSize(1).first().isInstanceOf(ClaimEffect.Write.class);
    return (ClaimEffect.Write) effects.get(0);
  }

  private static BucketSight sight(LockSnapshot lock) {
    return sight(lock, NOW);
  }

  private static BucketSight sight(LockSnapshot lock, long clearAt) {
    return new BucketSight(
        BUCKET,
        lock,
        lock.record().isHeld() ? lock.record().annotation(LeaseMetadata.MEMBER_UID) : "",
        "",
        clearAt,
        clearAt,
        1,
        NOW,
        lock.version().number());
  }

  /** Deleted a moment ago, when that member held it. */
  private static BucketSight absent(String displaced) {
    return new BucketSight(BUCKET, null, "", displaced, NOW + LEASE, NOW, 2, NOW, 11);
  }
}
