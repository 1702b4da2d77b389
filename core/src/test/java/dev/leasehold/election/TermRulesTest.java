package dev.leasehold.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a term stands, and what begins and extends it. */
class TermRulesTest {

  @Test
  void aTermCountsFromBeforeItsRequestWasSent() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).at(4);
    s.answersWritten(10).at(5).echoes(10);

    assertThat(s.leads()).isTrue();
    assertThat(s.validUntil()).isEqualTo(0 + 10);
  }

  @Test
  void aRenewalCountsFromBeforeItsRequestWasSent() {
    var s = Scenario.leading();
    double sent = s.at(s.now() + 2).now();
    s.at(sent + 1.5).answersWritten(11).at(sent + 1.9).echoes(11);

    assertThat(s.validUntil()).isBetween(sent + 9.99, sent + 10.01);
  }

  @Test
  void anAnswerAloneBeginsNothing() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).answersWritten(10);

    assertThat(s.leads()).isFalse();
    assertThat(s.begins()).isZero();
  }

  @Test
  void anAnswerAloneExtendsNothing() {
    var s = Scenario.leading();
    double before = s.validUntil();
    s.at(s.now() + 2).answersWritten(11);

    assertThat(s.validUntil()).isEqualTo(before);
  }

  @Test
  void anEchoBeginsATermBeforeTheAnswerComes() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).echoes(10);

    assertThat(s.leads()).isTrue();
    assertThat(s.term().epoch()).isEqualTo(10);
  }

  @Test
  void aTermThatRanOutIsOverThoughItsRenewalComesBackLate() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).done(10).at(9);
    s.pausedUntil(10).echoes(11);

    assertThat(s.leads()).isFalse();
    assertThat(s.lastEnd()).contains(EndCause.EXPIRED);
    assertThat(s.all(Effect.Extend.class)).isEmpty();
  }

  @Test
  void aTermEndsByItsOwnTimer() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).done(10);
    s.at(9.99);
    assertThat(s.leads()).isTrue();
    s.at(10);
    assertThat(s.leads()).isFalse();
    assertThat(s.lastEnd()).contains(EndCause.EXPIRED);
  }

  @Test
  void anAcquisitionThatComesBackAfterItsDeadlineBeginsNothing() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).at(10).done(10);

    assertThat(s.begins()).isZero();
  }

  @Test
  void aStoreSlowerThanTheRenewDeadlineNeverGivesATermAndLetsOthersHaveTheLock() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).at(11).done(10);

    s.at(25.9);
    assertThat(s.writes()).as("it steps back for a whole lease duration").hasSize(1);
    s.at(26);
    assertThat(s.writes()).as("and tries again after it").hasSize(2);
    assertThat(s.begins()).isZero();
  }

  @Test
  void aLeaderWithASlowStoreLosesItsTermInTime() {
    var s = Scenario.leading();
    double end = s.validUntil();
    s.at(end - 0.001);
    assertThat(s.leads()).isTrue();
    s.at(end);
    assertThat(s.leads()).isFalse();
    assertThat(s.writes()).as("one write at a time, however slow").hasSize(2);
  }

  @Test
  void aLateAnswerDoesNotDisturbALaterTerm() {
    var s = Scenario.leading();
    Attempt first = s.writes().get(0);
    s.step(new ElectionEvent.Answered(first.id(), new Outcome.Conflict()));

    assertThat(s.leads()).isTrue();
  }

  @Test
  void renewalsGoOutOncePerRetryPeriod() {
    var s = Scenario.shared().lists(Locks.releasedBy("other", 9)).done(10);
    for (int renewal = 1; renewal <= 5; renewal++) {
      s.at(renewal * 2).done(10 + renewal);
    }
    assertThat(s.writes()).hasSize(6);
    assertThat(s.leads()).isTrue();
    assertThat(s.term().epoch()).as("renewals don't change the epoch").isEqualTo(10);
  }

  @Test
  void anAnnouncementIsWrittenAtOnceWhileLeading() {
    var s = Scenario.leading();
    s.announces(Map.of("ready", "yes"));

    assertThat(s.record().annotation("ready")).isEqualTo("yes");
    assertThat(s.writes()).hasSize(2);
  }

  @Test
  void anAnnouncementBeforeTheTermGoesWithTheAcquisition() {
    var s = Scenario.own().announces(Map.of("ready", "no"));
    assertThat(s.writes()).isEmpty();
    s.lists();
    assertThat(s.record().annotation("ready")).isEqualTo("no");
  }

  @Test
  void aForwardJumpOfTheWallClockEndsTheTerm() {
    var s = Scenario.leading().wallMoves(Duration.ofHours(3));
    assertThat(s.leads()).isFalse();
    s.ticks();
    assertThat(s.lastEnd()).contains(EndCause.EXPIRED);
  }

  @Test
  void aSuspendedMachineWhoseMonotonicClockStoodStillHasLostItsTerm() {
    var s = Scenario.leading();
    s.at(s.now() + 2).answersUnknown().wallMoves(Duration.ofMinutes(20)).echoes(11);

    assertThat(s.leads()).isFalse();
    assertThat(s.all(Effect.Extend.class)).isEmpty();
  }

  @Test
  void aBackwardJumpOfTheWallClockGainsNothing() {
    var s = Scenario.leading();
    double end = s.validUntil();
    s.wallMoves(Duration.ofHours(-3)).at(end);

    assertThat(s.leads()).isFalse();
    assertThat(s.lastEnd()).contains(EndCause.EXPIRED);
  }

  @Test
  void aLeaderGoesOnAfterABackwardJumpOnceItRenews() {
    var s = Scenario.leading().wallMoves(Duration.ofHours(-3));
    double sent = s.at(22).now();
    s.done(11);
    assertThat(s.leads()).isTrue();
    assertThat(s.validUntil()).isEqualTo(sent + 10);
  }

  @Test
  void anotherMachinesClockIsNeverCompared() {
    var early = Scenario.shared().wallMoves(Duration.ofDays(-365)).lists(Locks.heldBy("x", 15, 5));
    var late = Scenario.shared().wallMoves(Duration.ofDays(365)).lists(Locks.heldBy("x", 15, 5));
    assertThat(early.at(14.9).writes()).isEmpty();
    assertThat(late.at(14.9).writes()).isEmpty();
    assertThat(early.at(15).writes()).hasSize(1);
    assertThat(late.at(15).writes()).hasSize(1);
  }

  @Test
  void aTermExtendedByAnOlderRequestIsNotShortened() {
    Term term = new Term("me", 1, 100, 100);
    assertThat(term.extended(new dev.leasehold.time.Now(1, 1), Duration.ofNanos(10)))
        .isEqualTo(term);
  }

  @Test
  void anUnsignedEpochAboveTheSignedRangeIsANumberLikeAnother() {
    Version low = Version.of("u", "9223372036854775807");
    Version high = Version.of("u", "9223372036854775808");
    assertThat(high.isAfter(low)).isTrue();
    assertThat(low.isAfter(high)).isFalse();
    assertThat(high.resourceVersion()).isEqualTo("9223372036854775808");
  }
}
