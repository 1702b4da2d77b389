package dev.leasehold.e2e.campaign.check;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.samples.demo.check.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule finds its planted violation, and no rule finds anything in a clean campaign. */
class RulesTest {

  private static final String TWICE = "no key was inside two reconciles at once";
  private static final String TERM =
      "every reconcile began within its replica's term, and none outlasted it into the next";
  private static final String BESIDE =
      "nobody led a bucket before the term of the one before was over";
  private static final String BUCKET = "every key ran in its bucket";
  private static final String EPOCHS = "the epochs of each bucket grew";
  private static final String CHANGES = "every change was seen by a reconcile that began after it";
  private static final String SOON = "every change was acted upon soon, once there was a leader";
  private static final String STATUS = "the epoch of a status never fell";
  private static final String NAMED =
      "each epoch is a version of the bucket's Lease that names who led under it";
  private static final String WELL = "all was well again soon after each fault";
  private static final String UNLED =
      "no bucket was without a leader for longer than the fault allows";
  private static final String SENSE = "the traces make sense line by line";

  /** A hands over to b; b is paused and goes on, a run with it; c takes over and is killed. */
  private static Scene clean() {
    return withoutFreeze().frozen(300, 4000, "b").runs(4005, 4020, "b", 9);
  }

  private static Scene withoutFreeze() {
    return new Scene()
        .episode("handed over", 10, 200, 1000)
        .hindering("paused", 200, 4000, 5000, 3100)
        .episode("killed", 5000, 9100, 3100)
        .leads(0, 100, "a", 7)
        .changed(9, 2)
        .runs(10, 20, "a", 7)
        .renewed(105, "b", 1795)
        .leads(105, 4001, "b", 9)
        .runs(106, 110, "b", 9)
        .renewed(290, "b", 2290)
        .runs(290, 4004, "b", 9)
        .changed(310, 3)
        .promoted(3300, "c", 12)
        .runs(3301, 3305, "c", 12)
        .killed(6000, "c")
        .promoted(9000, "a", 15)
        .runs(9001, 9005, "a", 15)
        .observed(3)
        .lease(7, "a")
        .lease(9, "b")
        .lease(12, "c")
        .lease(15, "a")
        .seen(22, 2, 7)
        .seen(108, 2, 9)
        .seen(3304, 3, 12)
        .seen(9004, 3, 15);
  }

  @Test
  void aCleanCampaignPassesEveryRule() {
    assertThat(broken(clean())).isEmpty();
  }

  @Test
  void thereIsNoRuleWithoutAPlantedViolation() {
    Map<String, Scene> planted = planted();

    assertThat(Rules.rulings(clean().evidence()))
        .extracting(Ruling::claim)
        .containsExactlyInAnyOrderElementsOf(planted.keySet());
    planted.forEach((claim, scene) -> assertThat(broken(scene)).contains(claim));
  }

  private static Map<String, Scene> planted() {
    return Map.ofEntries(
        entry(TWICE, clean().runs(15, 25, "a", 7)),
        entry(TERM, clean().runs(103, 104, "b", 9)),
        entry(BESIDE, clean().renewed(291, "b", 3301)),
        entry(BUCKET, clean().runsElsewhere(30, 31, "a", 7)),
        entry(EPOCHS, clean().demoted(9040, "a", 15).leads(9050, 9060, "d", 14)),
        entry(CHANGES, clean().changed(9002, 3)),
        entry(
            SOON,
            clean().changed(9002, 4).runs(14_090, 14_095, "a", 15).seen(14_100, 4, 15).observed(4)),
        entry(STATUS, clean().seen(9010, 3, 12)),
        entry(NAMED, clean().demoted(9040, "a", 15).promoted(9050, "d", 17)),
        entry(UNLED, clean().episode("x", 9100, 20_000, 100).demoted(9200, "a", 15)),
        entry(WELL, clean().hindering("slow", 9100, 9200, 14_300, 1000)),
        entry(SENSE, clean().ends(9010, "a", 15)));
  }

  @Test
  void whatAPauseCannotPreventIsCounted() {
    Evidence evidence = clean().evidence();

    Thawed thawed = Thawed.of(evidence);

    assertThat(thawed.outlived()).isEqualTo(1);
    assertThat(thawed.begunLate()).isEqualTo(1);
  }

  @Test
  void aKeyInsideTwoReconcilesOfOneReplicaIsFound() {
    assertThat(broken(clean().runs(15, 25, "a", 7))).containsExactly(TWICE);
  }

  @Test
  void aRunThatOutlivesItsTermWithoutAPauseIsFound() {
    assertThat(broken(withoutFreeze())).containsExactly(TWICE, TERM);
  }

  @Test
  void aStartAfterAnothersPromotionIsFoundThoughItsOwnReplicaStillLeads() {
    assertThat(broken(clean().runs(3500, 3501, "b", 9))).contains(TERM);
  }

  @Test
  void aWorkerIsStoppedBetweenItsPermitAndItsStartOnceAtMost() {
    assertThat(broken(clean().runs(4021, 4022, "b", 9))).containsExactly(TERM);
  }

  @Test
  void aStartLongAfterAPauseIsFound() {
    assertThat(broken(withoutFreeze().frozen(300, 4000, "b").runs(4600, 4601, "b", 9)))
        .containsExactly(TERM);
  }

  @Test
  void aStartAfterTheTermIsFoundThoughNobodyNoticedItsEnd() {
    assertThat(broken(clean().runs(9600, 9601, "a", 15))).isEmpty();
    assertThat(broken(clean().renewed(8990, "a", 9010).runs(9600, 9601, "a", 15)))
        .containsExactly(TERM);
    assertThat(
            broken(
                clean()
                    .renewed(8990, "a", 9010)
                    .renewed(9400, "a", 9700)
                    .runs(9600, 9601, "a", 15)))
        .isEmpty();
  }

  @Test
  void noMoreWorkersAreLateAtTheEndOfATermThanThereAre() {
    Scene one = clean().renewed(8990, "a", 9010).runs(9011, 9012, "a", 15);

    assertThat(broken(one)).isEmpty();
    assertThat(broken(one.runs(9013, 9014, "a", 15))).containsExactly(TERM);
  }

  @Test
  void aStartIsLateByItsProcessesOwnTimeAndNotByTheMachines() {
    assertThat(
            broken(clean().renewed(8990, "a", 9010).stalled(9011, 9500).runs(9900, 9901, "a", 15)))
        .isEmpty();
    assertThat(
            broken(clean().renewed(8990, "a", 9010).stalled(9011, 9300).runs(9900, 9901, "a", 15)))
        .containsExactly(TERM);
  }

  @Test
  void aPromotionWithinAnothersTermIsFoundThoughThatOneStandsStill() {
    assertThat(broken(clean().renewed(291, "b", 3299))).isEmpty();
    assertThat(broken(clean().renewed(291, "b", 3301))).containsExactly(BESIDE);
  }

  @Test
  void aPromotionLongAfterAPauseIsNotExplainedByIt() {
    assertThat(broken(withoutFreeze().frozen(300, 2700, "b"))).containsExactly(TWICE, TERM);
    assertThat(broken(withoutFreeze().frozen(300, 2900, "b"))).isEmpty();
  }

  @Test
  void aRunThatOutlivesAPlannedHandOverIsNotExcusedByAPause() {
    Scene given =
        new Scene()
            .episode("paused", 0, 5000, 5000)
            .promoted(10, "a", 7)
            .runs(20, 4010, "a", 7)
            .handsOver(299, "a", 7)
            .frozen(300, 4000, "a")
            .promoted(3300, "b", 9)
            .lease(7, "a")
            .lease(9, "b");

    assertThat(broken(given)).containsExactly(TERM);
  }

  @Test
  void aKeyTwiceInOneProcessIsFoundThoughTheFirstOutlivedAPause() {
    assertThat(broken(clean().runs(4002, 4003, "b", 9))).contains(TWICE);
  }

  @Test
  void aRunThatReachesIntoTheNextLifeOfItsProcessIsFoundThoughItOutlivedAPause() {
    Scene scene =
        new Scene()
            .episode("paused", 0, 5000, 5000)
            .renewed(9, "a", 2010)
            .promoted(10, "a", 7)
            .runs(20, 4010, "a", 7)
            .frozen(300, 4000, "a")
            .demoted(4001, "a", 7)
            .lease(7, "a")
            .lease(9, "a_2")
            .lease(8, "a_3");

    assertThat(broken(scene.promoted(4011, "a_2", 9))).isEmpty();
    assertThat(broken(scene.demoted(4012, "a_2", 9).promoted(4005, "a_3", 8))).contains(TERM);
  }

  @Test
  void aReconcileThatOutlivesItsTermForWantOfMemoryIsNoViolation() {
    assertThat(broken(withoutFreeze().choked(200, 4000, "b"))).isEmpty();
    assertThat(broken(withoutFreeze().choked(4005, 4009, "b"))).contains(TERM);
  }

  @Test
  void aStartUnderAnothersTermIsFoundEvenWithoutMemory() {
    assertThat(broken(withoutFreeze().choked(200, 4000, "b").runs(3900, 3901, "b", 9)))
        .contains(TERM);
  }

  @Test
  void aStartBeforeThePromotionIsFound() {
    assertThat(broken(clean().runs(103, 104, "b", 9))).containsExactly(TERM);
  }

  @Test
  void aStartUnderAnotherEpochIsFound() {
    assertThat(broken(clean().runs(50, 51, "a", 6))).containsExactly(TERM);
  }

  @Test
  void aRunForAnotherBucketThanTheKeysIsFound() {
    // Nobody leads that bucket, either.
    assertThat(broken(clean().runsElsewhere(30, 31, "a", 7))).containsExactly(TERM, BUCKET);
  }

  @Test
  void aLineThatMakesNoSenseWhereItIsIsFound() {
    assertThat(broken(clean().ends(9010, "a", 15))).containsExactly(SENSE);
    assertThat(wrong(clean().ends(9010, "a", 15)))
        .containsExactly(
            "a_1 ended a reconcile that had not begun (bucket webpage 0, epoch 15, key shop/page).");
  }

  @Test
  void aRunWhoseEndIsUntoldIsFoundUnlessItsProcessHadNoMemoryLeft() {
    Scene endless = clean().begins(9020, "a", 15);
    assertThat(broken(endless)).containsExactly(SENSE);
    assertThat(broken(endless.choked(9000, 9010, "a"))).containsExactly(SENSE);
    assertThat(broken(endless.choked(9000, 9030, "b"))).containsExactly(SENSE);
    assertThat(broken(endless.choked(9000, 9030, "a"))).isEmpty();
  }

  @Test
  void aRunWhoseStartIsUntoldIsFoundUnlessItsProcessHadNoMemoryLeft() {
    Scene begun = clean().on(31).runs(9010, 9020, "a", 15).ends(9050, "a", 15);
    assertThat(broken(begun)).containsExactly(SENSE);
    assertThat(broken(begun.choked(9006, 9019, "a"))).containsExactly(SENSE);
    assertThat(broken(begun.choked(9051, 9060, "a"))).containsExactly(SENSE);
    assertThat(broken(begun.choked(9030, 9040, "a"))).isEmpty();
  }

  @Test
  void aKeyTwiceInOneProcessIsFoundThoughTheSecondStartIsUntoldForWantOfMemory() {
    Scene twice =
        clean()
            .choked(9000, 9100, "a")
            .on(31)
            .begins(9010, "a", 15)
            .on(32)
            .ends(9050, "a", 15)
            .on(31)
            .ends(9080, "a", 15);

    assertThat(broken(twice)).containsExactly(TWICE);
  }

  @Test
  void anEndUnderAnotherEpochThanItsStartIsFoundEvenWithoutMemory() {
    assertThat(
            broken(
                clean().choked(9000, 9100, "a").on(31).begins(9010, "a", 15).ends(9050, "a", 14)))
        .contains(SENSE);
  }

  @Test
  void aLineThatCannotBeWhereItIsIsFoundEvenWithoutMemory() {
    assertThat(broken(clean().demoted(9010, "a", 99).choked(9000, 9030, "a")))
        .containsExactly(SENSE);
  }

  @Test
  void aThreadThatRunsTheKeyAgainHadEndedTheRunBefore() {
    Scene again = clean().choked(9015, 9025, "a").on(31).begins(9020, "a", 15);
    assertThat(broken(again.on(31).runs(9050, 9060, "a", 15))).isEmpty();

    Scene beside = clean().choked(9015, 9025, "a").on(31).begins(9020, "a", 15);
    assertThat(broken(beside.on(32).runs(9050, 9060, "a", 15))).containsExactly(TWICE);
  }

  @Test
  void anEpochThatFallsOrIsUsedTwiceIsFound() {
    assertThat(broken(clean().demoted(9040, "a", 15).leads(9050, 9060, "d", 14).lease(14, "d")))
        .containsExactly(EPOCHS);
    assertThat(broken(clean().demoted(9040, "a", 15).leads(9050, 9060, "d", 15)))
        .containsExactly(EPOCHS, NAMED);
  }

  @Test
  void aChangeThatNoReconcileBeganAfterIsLost() {
    assertThat(broken(clean().changed(9002, 3))).containsExactly(CHANGES);
  }

  @Test
  void aChangeThatOnlyReconcilesWithAnOlderCopyFollowedIsLost() {
    assertThat(broken(clean().changed(320, 4))).containsExactly(CHANGES);
  }

  @Test
  void aChangeThatWaitsForALeaderThatNothingHindersIsFound() {
    Scene late = clean().changed(9002, 4).runs(14_090, 14_095, "a", 15).observed(4);

    assertThat(broken(late.seen(14_100, 4, 15))).containsExactly(SOON);
    assertThat(broken(late.hindering("slow", 9100, 9300, 9400, 1000))).isEmpty();
  }

  @Test
  void aChangeThatOnlyTheNextOneBroughtToLightIsFound() {
    Scene healed =
        clean()
            .changed(9002, 4)
            .changed(15_000, 5)
            .runs(15_001, 15_005, "a", 15)
            .seen(15_004, 5, 15);

    assertThat(broken(healed.observed(5))).containsExactly(SOON);
  }

  @Test
  void aStatusOfAnOlderLeaderOverANewersIsFound() {
    assertThat(broken(clean().seen(9010, 3, 12))).containsExactly(STATUS);
  }

  @Test
  void anEpochThatIsNoVersionOfALeaseOrNamesAnotherIsFound() {
    Scene next = clean().demoted(9040, "a", 15).promoted(9050, "d", 17);

    assertThat(broken(next)).containsExactly(NAMED);
    assertThat(broken(next.missed(16, 17))).isEmpty();
    assertThat(broken(next.lease(17, "c"))).containsExactly(NAMED);
    assertThat(wrong(next))
        .containsExactly(
            "d_1 led bucket webpage 0 under epoch 17, which names 'c_1' for webpage 0.");
  }

  @Test
  void aHandOverThatTakesAsLongAsACrashIsFoundUnlessTheMachineStoodStill() {
    Scene slow =
        clean()
            .episode("rolling restart", 9100, 20_000, 1000)
            .handsOver(9200, "a", 15)
            .promoted(12_200, "d", 17)
            .lease(17, "d");

    assertThat(broken(slow)).containsExactly(UNLED);
    assertThat(broken(slow.stalled(10_000, 12_100))).isEmpty();
  }

  @Test
  void aRecoveryThatTakesTooLongIsFound() {
    assertThat(broken(clean().hindering("slow", 9100, 9200, 14_100, 1000))).isEmpty();
    assertThat(broken(clean().hindering("slow", 9100, 9200, 14_300, 1000))).containsExactly(WELL);
  }

  @Test
  void aBucketThatIsUnledForLongerThanItsFaultAllowsIsFoundAndTheFaultIsNamed() {
    Scene scene = clean().episode("nothing", 9100, 20_000, 100).demoted(9200, "a", 15);

    assertThat(broken(scene.promoted(9250, "d", 17).lease(17, "d"))).isEmpty();
    assertThat(broken(clean().episode("x", 9100, 20_000, 100).demoted(9200, "a", 15)))
        .containsExactly(UNLED);
    assertThat(wrong(clean().episode("x", 9100, 20_000, 100).demoted(9200, "a", 15)))
        .containsExactly(
            "Nobody led bucket webpage 0 for 10.8 s, from 0.1 s after 'x' began; 0.1 s are allowed.");
  }

  @Test
  void aProcessThatStandsStillLeadsNothing() {
    Scene still =
        new Scene()
            .episode("paused", 0, 5000, 1000)
            .promoted(1, "a", 7)
            .lease(7, "a")
            .frozen(100, 4000, "a");

    assertThat(broken(still)).containsExactly(UNLED);
  }

  private static List<String> broken(Scene scene) {
    return Rules.rulings(scene.evidence()).stream()
        .filter(ruling -> !ruling.holds())
        .map(Ruling::claim)
        .toList();
  }

  private static List<String> wrong(Scene scene) {
    return Rules.rulings(scene.evidence()).stream()
        .flatMap(ruling -> ruling.findings().stream())
        .map(Finding::text)
        .toList();
  }
}
