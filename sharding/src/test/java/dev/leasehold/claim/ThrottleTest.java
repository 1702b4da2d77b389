package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.Now;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much the member "me" has under way at once, which leads buckets that others are to lead. */
final class ThrottleTest {

  private static final Successor ME = new Successor("me", "shop.member.me", "me", 15);
  private static final Successor OTHER = new Successor("other", "shop.member.other", "other", 15);
  private static final Outcome WRITTEN = new Outcome.Written(new Version("lease", 2));
  private static final Claim CLOSING = Claim.idle(0).opened(1).closing(0);

  private int open = 10;
  private boolean leaving;
  private final Throttle throttle = new Throttle(1, () -> open, bucket -> true);

  @Test
  void aBucketIsGivenAwayOnceTheOneBeforeIsGone() {
    begins(0);
    waits(1);
    assertThat(throttle.mayGo(page(1))).isFalse();
    assertThat(isGone(0)).containsExactly(page(1));
    assertThat(throttle.mayGo(page(1))).isTrue();
  }

  @Test
  void whoeverLeavesGivesOneAfterTheOtherOfAFewAndSeveralAtOnceOfHundreds() {
    leave();
    begins(0);
    assertThat(throttle.mayGo(page(1))).isFalse();
    open = 250;
    begins(1);
    begins(2);
    assertThat(throttle.mayGo(page(3))).isFalse();
    open = 5000;
    for (int index = 3; index < 8; index++) {
      begins(index);
    }
    assertThat(throttle.mayGo(page(8))).isFalse();
  }

  @Test
  void whoeverLeavesGivesSeveralAtOnceOfAFewIfTheirWritesTakeLong() {
    leave();
    throttle.sent(page(0), 0);
    throttle.answered(page(0), WRITTEN, 300_000_000);
    begins(1);
    begins(2);
    assertThat(throttle.mayGo(page(3))).isFalse();
    for (int quick = 0; quick < 5; quick++) {
      throttle.sent(page(0), 0);
      throttle.answered(page(0), WRITTEN, 5_000_000);
    }
    assertThat(isGone(1)).isEmpty();
    assertThat(throttle.mayGo(page(3))).isFalse();
  }

  @Test
  void workThatTakesItsTimeKeepsTheOthersOfWhoeverLeavesFromNothing() {
    leave();
    begins(0);
    throttle.drains(page(0));
    waits(1);
    assertThat(decided(0, CLOSING)).containsExactly(page(1));
  }

  @Test
  void workThatHadToBeInterruptedKeepsNoOthersWaiting() {
    begins(0);
    waits(1);
    assertThat(decided(0, CLOSING)).isEmpty();
    assertThat(decided(0, CLOSING.withInterrupt())).containsExactly(page(1));
  }

  @Test
  void aLeaseThatCantBeWrittenKeepsNoOthersWaiting() {
    begins(0);
    waits(1);
    throttle.sent(page(0), 0);
    assertThat(throttle.answered(page(0), WRITTEN, 1)).isEmpty();
    throttle.sent(page(0), 0);
    assertThat(throttle.answered(page(0), new Outcome.Refused("No."), 1)).containsExactly(page(1));
  }

  @Test
  void whatIsTakenWaitsForRoomAndWhatIsGivenDoesNot() {
    for (int index = 0; index < 8; index++) {
      throttle.sent(page(index), 0);
    }
    assertThat(throttle.mayWrite(sight(8, ""), ME)).isFalse();
    assertThat(throttle.mayWrite(sight(8, "me"), ME)).isTrue();
    assertThat(throttle.mayWrite(sight(8, "me"), null)).isFalse();
  }

  private void leave() {
    leaving = true;
    throttle.leave();
  }

  /** The bucket may go and is closed for it. */
  private void begins(int index) {
    assertThat(throttle.mayGo(page(index))).isTrue();
    assertThat(decided(index, CLOSING, new ClaimEffect.Close(CloseCause.HAND_OVER))).isEmpty();
  }

  /** The bucket is to go and may not, so it stays open. */
  private void waits(int index) {
    assertThat(throttle.mayGo(page(index))).isFalse();
    assertThat(decided(index, Claim.idle(0).opened(1))).isEmpty();
  }

  /** Somebody else holds the bucket now. */
  private List<Bucket> isGone(int index) {
    return throttle.decided(facts(sight(index, "other")), decision(Claim.idle(0)));
  }

  private List<Bucket> decided(int index, Claim claim, ClaimEffect... effects) {
    return throttle.decided(facts(sight(index, "me")), decision(claim, effects));
  }

  private ClaimDecision.Facts facts(BucketSight sight) {
    return new ClaimDecision.Facts(
        sight,
        new ClaimDecision.Me(ME, true, true, !leaving, leaving),
        Standing.RESPECTED,
        0,
        false,
        OTHER,
        throttle.mayGo(sight.bucket()),
        true,
        new Now(0, 0));
  }

  private static ClaimDecision.Decision decision(Claim claim, ClaimEffect... effects) {
    return new ClaimDecision.Decision(claim, List.of(effects), Long.MAX_VALUE, false);
  }

  private static BucketSight sight(int index, String holderUid) {
    return new BucketSight(page(index), null, holderUid, "", 0, 0, 1, 0, 1);
  }

  private static Bucket page(int index) {
    return new Bucket("page", index, 100);
  }
}
