package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a lock may be taken from whoever held it, and when not. */
class TakingRulesTest {

  @Test
  void nothingIsWrittenBeforeTheWatchHasListed() {
    assertThat(Scenario.shared().at(100).writes()).isEmpty();
  }

  @Test
  void anExpiryCountsFromOnesOwnSightingOfTheLastChange() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 15, 5)).at(10);
    s.sees(Locks.heldBy("other", 15, 6));

    assertThat(s.at(24.9).writes()).isEmpty();
    assertThat(s.at(25).writes()).hasSize(1);
    assertThat(s.write().base()).isEqualTo(s.seen());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 15, 60, 3600})
  void anExpiryCountsWithTheHoldersDuration(int seconds) {
    var s = Scenario.shared().lists(Locks.heldBy("other", seconds, 5));
    assertThat(s.at(seconds - 0.01).writes()).isEmpty();
    assertThat(s.at(seconds).writes()).hasSize(1);
  }

  @Test
  void aRepeatedVersionDoesNotProlongTheWait() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 15, 5)).at(10);
    s.sees(Locks.heldBy("other", 15, 5)).lists(Locks.heldBy("other", 15, 5));
    assertThat(s.at(15).writes()).hasSize(1);
  }

  @Test
  void anOlderVersionIsIgnored() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 15, 5)).at(1);
    s.sees(Locks.releasedBy("other", 4));
    assertThat(s.at(14.9).writes()).isEmpty();
  }

  @Test
  void anOlderVersionIsIgnoredAfterADeletionToo() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 15, 5)).seesDeleted(6);
    s.sees(Locks.releasedBy("other", 5));
    assertThat(s.seen()).isNull();
    assertThat(s.at(14.9).writes()).isEmpty();
  }

  @Test
  void anOldDeletionDoesNotTouchARecreatedLock() {
    var s = Scenario.shared().lists(Locks.of("uid-2", 8, "other", 15, Map.of()));
    s.seesDeleted("uid-1", 7).seesDeleted("uid-2", 7);
    assertThat(s.seen()).isNotNull();
  }

  @Test
  void aLockReleasedByItsHolderIsFreeAtOnce() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 15, 5)).at(1);
    s.sees(Locks.releasedBy("other", 6));
    assertThat(s.writes()).hasSize(1);
    assertThat(s.write().base()).isEqualTo(Locks.releasedBy("other", 6));
  }

  @Test
  void aLockReleasedByClientGoIsFreeAfterTheSecondThatItSays() {
    var s = Scenario.shared().lists(Locks.heldBy("go", 15, 5)).at(2);
    s.sees(Locks.heldBy("go", 15, 6)).at(3).sees(Locks.heldBy("", 1, 7));
    assertThat(s.at(3.9).writes()).isEmpty();
    assertThat(s.at(4).writes()).hasSize(1);
  }

  @Test
  void aLockEmptiedByOthersIsNotFree() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 60, 5)).at(1);
    s.sees(Locks.heldBy("", 60, 6));
    assertThat(s.at(60.9).writes()).isEmpty();
    assertThat(s.at(61).writes()).hasSize(1);
  }

  @Test
  void aLockEmptiedAndCutShortByOthersIsNotFreeIfItsHolderMarksItsReleases() {
    LockSnapshot held = Locks.of("uid-1", 5, "a", 15, Map.of(ElectionAnnotations.WRITE, "a.1"));
    LockSnapshot emptied = Locks.of("uid-1", 6, "", 1, Map.of(ElectionAnnotations.WRITE, "a.1"));
    var s = Scenario.shared().lists(held).at(1).sees(emptied);
    assertThat(s.at(15.9).writes()).isEmpty();
    assertThat(s.at(16).writes()).hasSize(1);
  }

  @Test
  void aHolderThatCarriesAnothersMarkAlongIsKnownToReleaseLikeClientGo() {
    Map<String, String> stale = Map.of(ElectionAnnotations.WRITE, "a.1");
    var s = Scenario.shared().lists(Locks.of("uid-1", 5, "go", 15, stale));
    s.sees(Locks.of("uid-1", 6, "go", 15, stale)).at(1).sees(Locks.of("uid-1", 7, "", 1, stale));
    assertThat(s.at(2).writes()).hasSize(1);
  }

  @Test
  void anEditedLabelDoesNotMakeAHolderForgetItsMarks() {
    Map<String, String> mark = Map.of(ElectionAnnotations.WRITE, "a.1");
    LockSnapshot held = Locks.of("uid-1", 5, "a", 15, mark);
    LockSnapshot labelled =
        Locks.edited(held, 6, Locks.withLabels(held.record(), Map.of("team", "x")));
    var s = Scenario.shared().lists(held).sees(labelled).sees(Locks.of("uid-1", 7, "", 1, mark));
    assertThat(s.at(14.9).writes()).isEmpty();
  }

  @Test
  void aReleaseMarkLeftFromAnEarlierHolderFreesNothing() {
    LockSnapshot held =
        Locks.of("uid-1", 5, "go", 15, Map.of(ElectionAnnotations.RELEASED, "earlier"));
    LockSnapshot emptied =
        Locks.of("uid-1", 6, "", 15, Map.of(ElectionAnnotations.RELEASED, "earlier"));
    var s = Scenario.shared().lists(held).sees(emptied);
    assertThat(s.at(14.9).writes()).isEmpty();
  }

  @Test
  void aReleaseMarkOfSomebodyWhoDidNotHoldTheLockFreesNothing() {
    LockSnapshot held = Locks.of("uid-1", 5, "b", 15, Map.of(ElectionAnnotations.WRITE, "b.1"));
    LockSnapshot emptied =
        Locks.of(
            "uid-1",
            6,
            "",
            1,
            Map.of(ElectionAnnotations.WRITE, "b.1", ElectionAnnotations.RELEASED, "a"));
    var s = Scenario.shared().lists(held).sees(emptied);
    assertThat(s.at(14.9).writes()).isEmpty();
  }

  @Test
  void aDeletedLeaseIsNotFreeUntilItsTermRunsOut() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 60, 5)).at(10).seesDeleted(6);
    assertThat(s.at(69.9).writes()).isEmpty();
    assertThat(s.at(70).writes()).hasSize(1);
    assertThat(s.write().base()).isNull();
  }

  @Test
  void aLockThatAListNoLongerShowsIsNotFreeUntilItsTermRunsOut() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 60, 5)).at(10).lists();
    assertThat(s.at(69.9).writes()).isEmpty();
    assertThat(s.at(70).writes()).hasSize(1);
  }

  @Test
  void aLockThatWasNeverSeenIsWaitedOutOnce() {
    var s = Scenario.shared().lists();
    assertThat(s.at(14.9).writes()).isEmpty();
    assertThat(s.at(15).writes()).hasSize(1);
  }

  @Test
  void anAbsenceSeenInASecondListIsWaitedOutAnew() {
    var s = Scenario.shared().lists().at(14).lists();
    assertThat(s.at(28.9).writes()).as("it was perhaps held and deleted meanwhile").isEmpty();
    assertThat(s.at(29).writes()).hasSize(1);
  }

  @Test
  void aCreateThatArrivesAfterAListDoesNotCountAsTheListHidesWhatWasBetween() {
    var s = Scenario.shared().lists().at(15).answersUnknown();
    Attempt create = s.write();
    s.lists().at(16).sees(s.writtenAs("uid-9", 30, create));
    assertThat(s.begins()).isZero();
    assertThat(s.at(30.9).writes().size()).isEqualTo(1);
  }

  @Test
  void aCreateThatArrivesAfterAnothersLifeOnTheLockDoesNotCount() {
    var s = Scenario.shared().lists().at(15).answersUnknown();
    Attempt create = s.write();
    s.sees(Locks.of("uid-2", 20, "other", 15, Map.of()));
    s.seesDeleted("uid-2", 21).sees(s.writtenAs("uid-3", 22, create));
    assertThat(s.begins()).isZero();
    assertThat(s.at(29.9).writes()).hasSize(1);
  }

  @Test
  void aCreateThatOnlyAListShowsDoesNotCount() {
    var s = Scenario.shared().lists().at(15).answersUnknown();
    s.lists(s.written(20));
    assertThat(s.begins()).isZero();
  }

  @Test
  void aSwapThatOnlyAListShowsCountsSinceNothingFitsBetween() {
    var s = Scenario.leading();
    s.at(22).answersWritten(11).lists(s.written(11));
    assertThat(s.all(Effect.Extend.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 3601, Integer.MAX_VALUE})
  void aDurationThatMakesNoSenseIsReplacedByTheLongestKnown(int nonsense) {
    var s = Scenario.shared().lists(Locks.heldBy("other", nonsense, 5));
    assertThat(s.at(14.9).writes()).isEmpty();
    assertThat(s.at(15).writes()).hasSize(1);
  }

  @Test
  void aRecordWithNothingInItIsNotFreeAndKillsNobody() {
    LockSnapshot empty =
        new LockSnapshot(
            Locks.NAME,
            new dev.leasehold.lock.Version("uid-1", 5),
            new LockRecord("", 0, null, null, 0, Map.of(), Map.of()));
    var s = Scenario.shared().lists(empty);
    assertThat(s.at(14.9).writes()).isEmpty();
    s.at(15).done(6);
    assertThat(s.leads()).isTrue();
    assertThat(s.record().transitions()).isEqualTo(1);
  }

  @Test
  void aDurationCutShortBySomebodyElseDoesNotCutTheWaitShort() {
    LockSnapshot held = Locks.heldBy("other", 60, 5);
    var s = Scenario.shared().lists(held).at(1);
    s.sees(Locks.edited(held, 6, Locks.withSeconds(held.record(), 1)));
    assertThat(s.at(60.9).writes()).isEmpty();
    assertThat(s.at(61).writes()).hasSize(1);
  }

  @Test
  void aForgedHolderWithAShortDurationDoesNotCutTheWaitForTheRealOneShort() {
    var s = Scenario.shared().lists(Locks.heldBy("real", 60, 5)).at(1);
    s.sees(Locks.heldBy("forged", 1, 6)).sees(Locks.heldBy("forged", 1, 7));
    assertThat(s.at(59.9).writes()).isEmpty();
    assertThat(s.at(60).writes()).hasSize(1);
  }

  @Test
  void aForgedHolderThatIsDeletedDoesNotCutTheWaitForTheRealOneShort() {
    var s = Scenario.shared().lists(Locks.heldBy("real", 60, 5)).at(1);
    s.sees(Locks.heldBy("forged", 1, 6)).seesDeleted(7);
    assertThat(s.at(59.9).writes()).isEmpty();
  }

  @Test
  void aHolderSeenAfterAGapIsWaitedOutAsLongAsTheOneBefore() {
    var s = Scenario.shared().lists(Locks.heldBy("real", 60, 5)).at(60);
    s.answersConflict().lists(Locks.heldBy("forged", 1, 9));
    assertThat(s.at(119.9).writes()).hasSize(1);
    assertThat(s.at(120).writes()).hasSize(2);
  }

  @Test
  void anIdentityOfAnEarlierLifeIsSomebodyElses() {
    var s = Scenario.shared().lists(Locks.heldBy(Scenario.ME, 15, 5));
    assertThat(s.leads()).isFalse();
    assertThat(s.at(14.9).writes()).isEmpty();
    assertThat(s.at(15).writes()).hasSize(1);
  }

  @Test
  void aWriteOfAnotherProcessWithTheSameIdentityIsForeign() {
    var s = Scenario.leading();
    LockRecord twins = Locks.withRenewed(s.record(), Instant.ofEpochSecond(5));
    s.sees(
        new LockSnapshot(
            Locks.NAME,
            new dev.leasehold.lock.Version("uid-1", 11),
            new LockRecord(
                Scenario.ME,
                15,
                twins.acquired(),
                twins.renewed(),
                1,
                Map.of(),
                Map.of(ElectionAnnotations.WRITE, "twin.7"))));
    assertThat(s.leads()).isFalse();
    assertThat(s.lastEnd()).contains(EndCause.EDITED);
    int before = s.writes().size();
    assertThat(s.workStops().at(34.9).writes()).as("the twin may lead").hasSize(before);
    assertThat(s.at(35).writes()).hasSize(before + 1);
  }

  @Test
  void aMarkThatAnotherElectorCarriedAlongIsNotOurs() {
    var s = Scenario.leading();
    s.at(22).answersUnknown();
    LockRecord mine = s.record();
    // Its renewal was done and waited out; then an elector that keeps annotations took the lock.
    s.pausedUntil(60).lists(Locks.edited(s.written(40), 40, Locks.withHolder(mine, "go")));
    assertThat(s.state().ownVersion()).isFalse();
    int before = s.writes().size();
    assertThat(s.workStops().at(74.9).writes()).hasSize(before);
  }

  @Test
  void aMarkOnARestoredObjectIsNotOurs() {
    var s = Scenario.leading();
    s.at(22).answersUnknown();
    s.lists(s.writtenAs("uid-restored", 40, s.write()));
    assertThat(s.leads()).isFalse();
  }

  @Test
  void anAcquisitionIsASwapOfTheVersionThatWasWaitedOut() {
    LockSnapshot waited = Locks.heldBy("other", 15, 5);
    var s = Scenario.shared().lists(waited).at(15);
    assertThat(s.write().base()).isEqualTo(waited);
    assertThat(s.record().holder()).isEqualTo(Scenario.ME);
    assertThat(s.record().transitions()).isEqualTo(4);
  }

  @Test
  void aRenewalThatOvertookTheSwapIsWaitedOutAnew() {
    var s = Scenario.shared().lists(Locks.heldBy("other", 15, 5)).at(15).answersConflict();
    s.sees(Locks.heldBy("other", 15, 6));
    assertThat(s.at(29.9).writes()).hasSize(1);
    assertThat(s.at(30).writes()).hasSize(2);
  }

  @Test
  void aConflictStormIsMetWithOneWriteInARetryPeriod() {
    var s = Scenario.shared().lists(Locks.releasedBy("x", 100));
    for (int i = 1; i <= 1000; i++) {
      s.answersConflict().sees(Locks.releasedBy("x", 100 + i)).at(i * 0.01);
    }
    assertThat(s.writes()).hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void anEditStormUnderALeaderIsMetWithOneWriteInARetryPeriod() {
    var s = Scenario.leading();
    long version = 11;
    for (int i = 0; i < 1000; i++) {
      LockSnapshot seen = s.seen() == null ? s.written(version++) : s.seen();
      s.sees(Locks.edited(seen, version, Locks.withLabels(seen.record(), Map.of("n", "" + i))));
      version++;
      s.workStops().at(20 + i * 0.01);
      if (s.state().inFlight() != 0) {
        s.done(version++);
      }
    }
    assertThat(s.writes()).hasSizeLessThanOrEqualTo(7);
  }
}
