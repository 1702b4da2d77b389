package dev.leasehold.e2e.campaign.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.samples.demo.check.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each rule finds its planted violation, and no rule finds anything in a clean campaign. */
class RulesTest {

  private static final String TWICE = "no key was inside two reconciles at once";
  private static final String TERM =
      "every reconcile began within its replica's term, and none once another replica led";
  private static final String EPOCHS = "the epochs of each bucket grew";
  private static final String CHANGES = "every change was seen by a reconcile that began after it";
  private static final String UNLED =
      "no bucket was without a leader for longer than the fault allows";

  /** A hands over to b; b is paused and goes on, a run with it; c takes over and is killed. */
  private static Scene clean() {
    return withoutFreeze().frozen(300, 4000, "b").runs(4005, 4020, "b", 9);
  }

  private static Scene withoutFreeze() {
    return new Scene()
        .episode("handed over", 10, 200, 100)
        .episode("paused", 200, 5000, 3100)
        .episode("killed", 5000, 9100, 3100)
        .leads(0, 100, "a", 7)
        .changed(9, 2)
        .runs(10, 20, "a", 7)
        .leads(105, 4001, "b", 9)
        .runs(106, 110, "b", 9)
        .runs(290, 4010, "b", 9)
        .changed(310, 3)
        .promoted(3300, "c", 12)
        .runs(3301, 3305, "c", 12)
        .killed(6000, "c")
        .promoted(9000, "a", 15)
        .runs(9001, 9005, "a", 15)
        .observed(3);
  }

  @Test
  void aCleanCampaignPassesEveryRule() {
    assertThat(broken(clean())).isEmpty();
  }

  @Test
  void whatAPauseCannotPreventIsCounted() {
    Evidence evidence = clean().evidence();

    Thawed thawed = Thawed.of(evidence.history(), evidence.freezes(), evidence.workers());

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
    assertThat(broken(clean().runs(3500, 3501, "b", 9))).containsExactly(TERM);
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
  void aReconcileThatOutlivesItsTermForWantOfMemoryIsNoViolation() {
    assertThat(broken(withoutFreeze().choked(200, 4000, "b"))).isEmpty();
    assertThat(broken(withoutFreeze().choked(4005, 4009, "b"))).contains(TERM);
  }

  @Test
  void aStartUnderAnothersTermIsFoundEvenWithoutMemory() {
    assertThat(broken(withoutFreeze().choked(200, 4000, "b").runs(3900, 3901, "b", 9)))
        .containsExactly(TERM);
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
  void anEpochThatFallsOrIsUsedTwiceIsFound() {
    assertThat(broken(clean().leads(9050, 9060, "d", 14))).containsExactly(EPOCHS);
    assertThat(broken(clean().leads(9050, 9060, "d", 15))).containsExactly(EPOCHS);
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
  void aBucketThatIsUnledForLongerThanItsFaultAllowsIsFoundAndTheFaultIsNamed() {
    Scene scene = clean().episode("nothing", 9100, 20_000, 100).demoted(9200, "a", 15);

    assertThat(broken(scene.promoted(9250, "d", 17))).isEmpty();
    assertThat(broken(clean().episode("x", 9100, 20_000, 100).demoted(9200, "a", 15)))
        .containsExactly(UNLED);
    assertThat(wrong(clean().episode("x", 9100, 20_000, 100).demoted(9200, "a", 15)))
        .containsExactly(
            "Nobody led bucket webpage 0 for 10.8 s, from 0.1 s after 'x' began; 0.1 s are allowed.");
  }

  @Test
  void aProcessThatStandsStillLeadsNothing() {
    Scene still =
        new Scene().episode("paused", 0, 5000, 1000).promoted(1, "a", 7).frozen(100, 4000, "a");

    assertThat(broken(still)).containsExactly(UNLED);
  }

  private static List<String> broken(Scene scene) {
    return Rules.verdicts(scene.evidence()).stream()
        .filter(verdict -> !verdict.holds())
        .map(Verdict::claim)
        .toList();
  }

  private static List<String> wrong(Scene scene) {
    return Rules.verdicts(scene.evidence()).stream()
        .flatMap(verdict -> verdict.wrong().stream())
        .collect(Collectors.toList());
  }
}
