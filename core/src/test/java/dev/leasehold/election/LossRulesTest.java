package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What ends a term, what follows, and how a lock is given up. */
class LossRulesTest {

  // ---- unknown outcomes ----

  @Test
  void anUnknownOutcomeDecidesNothing() {
    var s = Scenario.leading().at(22).answersUnknown();
    assertThat(s.leads()).isTrue();
    assertThat(s.all(Effect.End.class)).isEmpty();
    assertThat(s.all(Effect.Extend.class)).isEmpty();
  }

  @Test
  void afterAnUnknownOutcomeTheSameVersionIsWrittenOnceMore() {
    var s = Scenario.leading().at(22).answersUnknown();
    LockSnapshot base = s.write().base();
    s.at(24);
    assertThat(s.writes()).hasSize(3);
    assertThat(s.write().base()).isEqualTo(base);
  }

  @Test
  void aRenewalOfUnknownOutcomeThatArrivesLaterCountsFromItsOwnRequest() {
    var s = Scenario.leading().at(22).answersUnknown();
    Attempt first = s.write();
    s.at(24).answersConflict().sees(s.writtenAs("uid-1", 11, first));
    assertThat(s.leads()).isTrue();
    assertThat(s.validUntil()).isEqualTo(32);
  }

  @Test
  void anAcquisitionOfUnknownOutcomeBeginsATermWhenItIsSeen() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).at(1).answersUnknown();
    assertThat(s.leads()).isFalse();
    s.at(1.5).echoes(10);
    assertThat(s.leads()).isTrue();
  }

  @Test
  void readingTheOldVersionSettlesNothing() {
    var s = Scenario.leading().at(22).answersUnknown().lists(s(10));
    assertThat(s.state().attempts()).hasSize(1);
  }

  private static LockSnapshot s(long version) {
    return Scenario.leading().written(version);
  }

  @Test
  void anOutageDoesNotPileUpWrites() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9));
    for (int i = 1; i < 1000; i++) {
      s.answersUnknown().at(2 * i);
    }
    assertThat(s.state().attempts()).hasSizeLessThanOrEqualTo(100);
    assertThat(s.done(10).leads()).isTrue();
  }

  // ---- edits ----

  @Test
  void aForeignHolderEndsTheTerm() {
    var s = Scenario.leading().sees(Locks.heldBy("other", 15, 11));
    assertThat(s.lastEnd()).contains(EndCause.TAKEN);
    assertThat(s.workStops().at(34.9).writes()).hasSize(1);
  }

  @Test
  void anEmptiedLockEndsTheTermAndIsTakenAgain() {
    var s = Scenario.leading();
    s.at(21).sees(Locks.edited(s.written(10), 11, Locks.withHolder(s.record(), "")));
    assertThat(s.lastEnd()).contains(EndCause.EDITED);
    s.workStops().at(22).done(12);
    assertThat(s.leads()).isTrue();
    assertThat(s.term().epoch()).isEqualTo(12);
  }

  @Test
  void aFenceEndsTheTermAndTheLateRenewalFailsOnItsVersion() {
    var s = Scenario.leading().at(22);
    s.sees(Locks.edited(s.written(10), 11, Locks.withHolder(s.record(), "")));
    s.answersConflict();
    assertThat(s.leads()).isFalse();
    assertThat(s.begins()).isEqualTo(1);
  }

  @Test
  void aVersionOfOursThatWeDidNotWriteIsANewEpoch() {
    var s = Scenario.leading();
    s.sees(Locks.edited(s.written(10), 11, Locks.withLabels(s.record(), Map.of("a", "b"))));
    assertThat(s.leads()).isFalse();
    assertThat(s.lastEnd()).contains(EndCause.EDITED);
    s.workStops().at(22).done(12);
    assertThat(s.term().epoch()).isEqualTo(12);
    assertThat(s.record().labels()).as("others' labels are kept").containsEntry("a", "b");
  }

  @Test
  void anEditedLockIsNotTakenAgainBeforeTheWorkHasStopped() {
    var s = Scenario.leading();
    s.sees(Locks.edited(s.written(10), 11, Locks.withLabels(s.record(), Map.of("a", "b"))));
    assertThat(s.at(60).writes()).hasSize(1);
  }

  @Test
  void onceTheTermWouldHaveRunOutAnEditedLockIsWaitedOutLikeAStrangers() {
    var s = Scenario.leading();
    s.at(29).sees(Locks.edited(s.written(10), 11, Locks.withHolder(s.record(), "")));
    int writes = s.at(30).workStops().writes().size();
    assertThat(s.at(43.9).writes()).hasSize(writes);
  }

  // ---- deletions ----

  @Test
  void aLeaderWhoseLockIsDeletedStopsAndRecreatesItWithANewEpoch() {
    var s = Scenario.leading().at(21).seesDeleted(11);
    assertThat(s.leads()).isFalse();
    assertThat(s.lastEnd()).contains(EndCause.DELETED);
    s.workStops().at(22);
    assertThat(s.write().base()).isNull();
    s.answersWritten(12).sees(s.writtenAs("uid-2", 12, s.write()));
    assertThat(s.leads()).isTrue();
    assertThat(s.term().epoch()).isEqualTo(12);
  }

  @Test
  void aDeletedLockIsNotRecreatedAtOnceAfterTheTermRanOut() {
    var s = Scenario.leading().at(29).seesDeleted(11).answersConflict();
    s.at(31).workStops();
    assertThat(s.at(43.9).writes().stream().filter(w -> w.base() == null)).isEmpty();
    assertThat(s.at(44).write().base()).isNull();
  }

  @Test
  void aLockDeletedBehindAListEndsTheTermToo() {
    assertThat(Scenario.leading().lists().lastEnd()).contains(EndCause.DELETED);
  }

  @Test
  void aTermThatExpiredIsCampaignedForAgain() {
    var s = Scenario.leading().at(22).answersUnknown();
    for (double t = 24; t <= 30; t += 2) {
      s.at(t).answersUnknown();
    }
    assertThat(s.lastEnd()).contains(EndCause.EXPIRED);
    s.workStops().at(33).done(20);
    assertThat(s.leads()).isTrue();
    assertThat(s.term().epoch()).isEqualTo(20);
  }

  // ---- the watch ----

  @Test
  void aWatchThatIsDeadIsListedAnewAndTheTermGoesOn() {
    var s = Scenario.leading().at(22).answersWritten(11);
    assertThat(s.refreshes()).isZero();
    LockSnapshot renewed = s.written(11);
    s.at(26.9);
    assertThat(s.refreshes()).isZero();
    s.at(27);
    assertThat(s.refreshes()).isEqualTo(1);
    s.lists(renewed);
    assertThat(s.validUntil()).isEqualTo(32);
    assertThat(s.refreshes()).isEqualTo(1);
  }

  @Test
  void aBlindLeadersTermRunsOutThoughItsWritesSucceed() {
    var s = Scenario.leading();
    for (int i = 1; i <= 5; i++) {
      s.at(20 + 2 * i - 0.1);
      if (s.state().inFlight() != 0) {
        s.answersWritten(10 + i);
      }
    }
    assertThat(s.at(30).leads()).isFalse();
    assertThat(s.refreshes()).isPositive();
  }

  @Test
  void aConflictThatTheWatchDoesNotExplainRefreshesIt() {
    var s = Scenario.shared().lists(Locks.heldBy("x", 15, 5)).at(15).answersConflict().at(20);
    assertThat(s.refreshes()).isEqualTo(1);
  }

  @Test
  void aConflictThatTheWatchHasExplainedAlreadyDoesNot() {
    var s = Scenario.shared().lists(Locks.heldBy("x", 15, 5)).at(15);
    s.sees(Locks.heldBy("x", 15, 6)).answersConflict().at(20);
    assertThat(s.refreshes()).isZero();
  }

  @Test
  void aWriteThatIsDoneButNotSeenIsNotWrittenOver() {
    var s = Scenario.leading().at(22).at(23.9).answersWritten(11).at(25);
    assertThat(s.writes()).as("a second one could only fail").hasSize(2);
    s.echoes(11);
    assertThat(s.writes()).hasSize(3);
  }

  @Test
  void anAnnouncementThatCameWhileAWriteWasUnderWayFollowsItsEcho() {
    var s = Scenario.leading().at(22).announces(Map.of("ready", "no")).answersWritten(11);
    assertThat(s.writes()).hasSize(2);
    s.echoes(11);
    assertThat(s.writes()).hasSize(3);
    assertThat(s.record().annotation("ready")).isEqualTo("no");
  }

  @Test
  void theHolderIsToldWhenItChanges() {
    var s = Scenario.shared().lists(Locks.heldBy("a", 15, 5)).sees(Locks.heldBy("a", 15, 6));
    s.sees(Locks.heldBy("b", 15, 7)).seesDeleted(8);
    assertThat(s.all(Effect.HolderSeen.class))
        .extracting(Effect.HolderSeen::identity)
        .containsExactly("a", "b", "");
  }

  // ---- giving up ----

  @Test
  void nothingIsReleasedBeforeTheWorkHasStopped() {
    var s = Scenario.leading().at(21).resigns();
    assertThat(s.leads()).isFalse();
    assertThat(s.lastEnd()).contains(EndCause.RESIGNED);
    assertThat(s.at(60).writes()).hasSize(1);
    s.workStops();
    assertThat(s.write().purpose()).isEqualTo(Attempt.Purpose.RELEASE);
  }

  @Test
  void aReleaseIsASwapOfTheOwnVersionAndSaysWhoseItIs() {
    var s = Scenario.leading().at(21).resigns().workStops();
    assertThat(s.write().base()).isEqualTo(s.writtenAs("uid-1", 10, s.writes().get(0)));
    assertThat(s.record().holder()).isEmpty();
    assertThat(s.record().durationSeconds()).isEqualTo(1);
    assertThat(s.record().annotation(ElectionAnnotations.RELEASED)).isEqualTo(Scenario.ME);
    assertThat(s.answersWritten(11).isFinished()).isTrue();
  }

  @Test
  void aLockThatSomebodyElseChangedIsNotReleased() {
    var s = Scenario.leading();
    s.sees(Locks.edited(s.written(10), 11, Locks.withLabels(s.record(), Map.of("a", "b"))));
    s.resigns().workStops();
    assertThat(s.writes()).hasSize(1);
    assertThat(s.isFinished()).isTrue();
  }

  @Test
  void aRenewalUnderWayIsWaitedForAndThenReleased() {
    var s = Scenario.leading().at(22).resigns().workStops();
    Attempt renewal = s.write();
    s.answersWritten(11);
    assertThat(s.isFinished()).isFalse();
    assertThat(s.writes()).hasSize(2);
    s.sees(s.writtenAs("uid-1", 11, renewal));
    assertThat(s.write().purpose()).isEqualTo(Attempt.Purpose.RELEASE);
    assertThat(s.write().base()).isEqualTo(s.writtenAs("uid-1", 11, renewal));
  }

  @Test
  void aReleaseThatARenewalOvertookIsTriedAgain() {
    var s = Scenario.leading().at(22).answersUnknown();
    Attempt renewal = s.write();
    s.resigns().workStops().answersConflict();
    assertThat(s.isFinished()).isFalse();
    s.sees(s.writtenAs("uid-1", 11, renewal));
    assertThat(s.write().purpose()).isEqualTo(Attempt.Purpose.RELEASE);
    assertThat(s.done(12).isFinished()).isTrue();
  }

  @Test
  void aReleaseIntoAnOutageEndsWithTheTermItIsFor() {
    var s = Scenario.leading().at(21).resigns().workStops();
    for (double t = 23; t < 31; t += 2) {
      s.answersUnknown();
      assertThat(s.isFinished()).isFalse();
      s.at(t);
    }
    s.at(31).answersUnknown();
    assertThat(s.isFinished()).isTrue();
  }

  @Test
  void aReleaseThatIsRefusedEndsIt() {
    var s = Scenario.leading().resigns().workStops().answers(new Outcome.Refused("forbidden"));
    assertThat(s.isFinished()).isTrue();
  }

  @Test
  void aReleaseOfUnknownOutcomeIsOverWhenItIsSeen() {
    var s = Scenario.leading().resigns().workStops().answersUnknown().echoes(11);
    assertThat(s.isFinished()).isTrue();
  }

  @Test
  void aLockTakenOrDeletedWhileItIsReleasedIsLeftAlone() {
    assertThat(
            Scenario.leading().resigns().workStops().sees(Locks.heldBy("x", 15, 11)).isFinished())
        .isTrue();
    assertThat(Scenario.leading().resigns().workStops().seesDeleted(11).isFinished()).isTrue();
  }

  @Test
  void aCandidateThatLeavesWritesNothing() {
    var s = Scenario.shared().lists(Locks.heldBy("x", 15, 5)).resigns();
    assertThat(s.isFinished()).isTrue();
    assertThat(s.writes()).isEmpty();
    assertThat(s.isTimerSet()).isFalse();
  }

  @Test
  void aCandidateWhoseAcquisitionComesThroughAfterItResignedReleasesAndNeverLeads() {
    var s = Scenario.shared().lists(Locks.releasedBy("x", 5)).resigns();
    assertThat(s.isFinished()).isFalse();
    s.answersWritten(10).echoes(10);
    assertThat(s.begins()).isZero();
    assertThat(s.write().purpose()).isEqualTo(Attempt.Purpose.RELEASE);
  }

  @Test
  void aCandidateWhoseAcquisitionIsNeverSeenLeavesAllTheSame() {
    var s = Scenario.shared().lists(Locks.releasedBy("x", 5)).resigns().answersWritten(10).at(6);
    assertThat(s.isFinished()).isTrue();
  }

  @Test
  void anElectionThatIsOverStaysOver() {
    var s = Scenario.shared().lists().resigns();
    s.sees(Locks.releasedBy("x", 6)).lists().seesDeleted(7).workStops().resigns().at(100);
    assertThat(s.all(Effect.Finished.class)).hasSize(1);
    assertThat(s.writes()).isEmpty();
  }

  // ---- a member's own lock ----

  @Test
  void anOwnLockIsCreatedAtOnce() {
    var s = Scenario.own().lists();
    assertThat(s.write().base()).isNull();
    assertThat(s.done(10).leads()).isTrue();
  }

  @Test
  void anOwnLockThatIsDeletedUnderALivingMemberEndsTheElectionForGood() {
    var s = Scenario.member().at(1).seesDeleted(11);
    assertThat(s.lastEnd()).contains(EndCause.DELETED);
    s.workStops();
    assertThat(s.isFinished()).isTrue();
    assertThat(s.at(100).writes()).hasSize(1);
  }

  @Test
  void anOwnLockThatIsFencedIsNeverTakenAgain() {
    var s = Scenario.member().at(1);
    s.sees(Locks.edited(s.written(10), 11, Locks.withHolder(s.record(), ""))).workStops();
    assertThat(s.isFinished()).isTrue();
    assertThat(s.at(100).writes()).hasSize(1);
  }

  @Test
  void anOwnLockWhoseTermExpiredIsNeverTakenAgain() {
    var s = Scenario.member().at(10).workStops();
    assertThat(s.lastEnd()).contains(EndCause.EXPIRED);
    assertThat(s.isFinished()).isTrue();
  }

  @Test
  void anOwnNameThatIsTakenIsGivenUp() {
    var s = Scenario.own().lists(Locks.heldBy(Scenario.ME, 15, 5));
    assertThat(s.isFinished()).isTrue();
    assertThat(s.writes()).isEmpty();
  }

  @Test
  void anOwnLockRecreatedByALatePutIsALoss() {
    var s = Scenario.member().at(2).answersUnknown();
    s.lists(s.writtenAs("uid-2", 12, s.write()));
    assertThat(s.leads()).isFalse();
    assertThat(s.workStops().isFinished()).isTrue();
  }

  @Test
  void anOwnLocksCreationThatAListShowsCounts() {
    var s = Scenario.own().lists().answersUnknown();
    s.lists(s.written(10));
    assertThat(s.leads()).isTrue();
  }
}
