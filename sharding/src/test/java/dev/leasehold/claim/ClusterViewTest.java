package dev.leasehold.claim;

import static dev.leasehold.claim.Leases.BUCKET;
import static dev.leasehold.claim.Leases.DURATION_SECONDS;
import static dev.leasehold.claim.Leases.LEASE;
import static dev.leasehold.claim.Leases.NAMES;
import static dev.leasehold.claim.Leases.bucket;
import static dev.leasehold.claim.Leases.fenced;
import static dev.leasehold.claim.Leases.member;
import static dev.leasehold.claim.Leases.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one replica knows of the others and of the buckets. */
final class ClusterViewTest {

  private static final long SECOND = 1_000_000_000L;

  private final ClusterView view = new ClusterView(NAMES, Duration.ofSeconds(DURATION_SECONDS));

  @Test
  void aMemberLapsesAfterItsOwnDurationFromOnesOwnSighting() {
    list(0, member("a", 1, "a", 30, Map.of()));
    changed(7 * SECOND, member("a", 2, "a", 30, Map.of()));
    assertThat(view.members().standing("a", 37 * SECOND - 1)).isEqualTo(Standing.RESPECTED);
    assertThat(view.members().standing("a", 37 * SECOND)).isEqualTo(Standing.LAPSED);
  }

  @Test
  void aRepeatedVersionIsNoSignOfLife() {
    list(0, member("a", 2));
    changed(10 * SECOND, member("a", 2));
    changed(11 * SECOND, member("a", 1));
    assertThat(view.members().standing("a", LEASE)).isEqualTo(Standing.LAPSED);
  }

  @Test
  void aLapsedMemberIsDeadOnlyOnceItIsFenced() {
    list(0, member("a", 1));
    assertThat(view.members().standing("a", 100 * LEASE)).isEqualTo(Standing.LAPSED);
    changed(100 * LEASE, fenced("a", 2));
    assertThat(view.members().standing("a", 100 * LEASE)).isEqualTo(Standing.DEAD);
  }

  @Test
  void anEmptiedMemberLeaseIsNoFence() {
    list(0, member("a", 1));
    changed(1, member("a", 2, "", DURATION_SECONDS, Map.of()));
    assertThat(view.members().standing("a", 2)).isEqualTo(Standing.RESPECTED);
  }

  @Test
  void anEditNeitherShortensNorLengthensAMembersDuration() {
    list(0, member("a", 1));
    changed(1, member("a", 2, "a", 1, Map.of()));
    assertThat(view.members().standing("a", LEASE)).isEqualTo(Standing.RESPECTED);
    changed(2, member("a", 3, "a", 3600, Map.of()));
    assertThat(view.members().standing("a", 2 + LEASE)).isEqualTo(Standing.LAPSED);
  }

  @Test
  void anEditBeforeTheFirstSightNeitherShortensNorLengthensAMembersDuration() {
    list(0, member("a", 1, "a", 1, Map.of(LeaseMetadata.DURATION, "20")));
    assertThat(view.members().standing("a", 20 * SECOND - 1)).isEqualTo(Standing.RESPECTED);
    assertThat(view.members().standing("a", 20 * SECOND)).isEqualTo(Standing.LAPSED);
  }

  @Test
  void aShortDurationThatTheMemberDidNotAnnounceIsNotBelieved() {
    list(0, member("a", 1, "a", 1, Map.of(LeaseMetadata.DURATION, "nonsense")));
    assertThat(view.members().standing("a", LEASE - 1)).isEqualTo(Standing.RESPECTED);
  }

  @Test
  void aDurationThatMakesNoSenseIsTheLongestKnown() {
    list(0, member("b", 1, "b", 40, Map.of()));
    changed(0, member("a", 2, "a", -5, Map.of()));
    assertThat(view.members().standing("a", 40 * SECOND - 1)).isEqualTo(Standing.RESPECTED);
    assertThat(view.members().standing("a", 40 * SECOND)).isEqualTo(Standing.LAPSED);
  }

  @Test
  void aDeletedMemberIsWaitedOutByTheLongestDurationKnown() {
    list(0, member("a", 1, "a", 30, Map.of()));
    deleted(SECOND, member("a", 1), 2);
    assertThat(view.members().standing("a", 31 * SECOND - 1)).isEqualTo(Standing.RESPECTED);
    assertThat(view.members().standing("a", 31 * SECOND)).isEqualTo(Standing.DEAD);
  }

  @Test
  void aFencedMemberStaysDeadWhenItsLeaseIsRemoved() {
    list(0, fenced("a", 1));
    deleted(SECOND, member("a", 1), 2);
    assertThat(view.members().standing("a", SECOND)).isEqualTo(Standing.DEAD);
  }

  @Test
  void aHolderThatWasNeverSeenIsWaitedOut() {
    list(0, bucket("a", 1));
    assertThat(view.members().standing("a", LEASE - 1)).isEqualTo(Standing.RESPECTED);
    assertThat(view.members().standing("a", LEASE)).isEqualTo(Standing.DEAD);
  }

  @Test
  void theEndOfTheWaitForAHolderWithoutALeaseIsKnown() {
    list(0, bucket("a", 1));
    assertThat(view.members().nextDeathAfter(0)).isEqualTo(LEASE);
    assertThat(view.members().nextDeathAfter(LEASE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aLeaseRecreatedUnderTheSameNameIsAnotherMember() {
    list(0, member("a", 1));
    LockSnapshot again =
        new LockSnapshot(NAMES.member("a"), new Version("a2", 5), member("a", 5).record());
    changed(SECOND, again);
    assertThat(view.members().withUid("a")).isNull();
    assertThat(view.members().standing("a", SECOND)).isEqualTo(Standing.RESPECTED);
    assertThat(view.members().standing("a", SECOND + LEASE)).isEqualTo(Standing.DEAD);
    assertThat(view.members().standing("a2", SECOND)).isEqualTo(Standing.RESPECTED);
  }

  @Test
  void anUnseenBucketIsFreeAtOnceOnlyIfNobodyElseIsThere() {
    list(5 * SECOND);
    assertThat(view.sightOf(BUCKET, 5 * SECOND).clearAtNanos()).isEqualTo(5 * SECOND);
  }

  @Test
  void anUnseenBucketIsWaitedOutIfAnotherMemberMayHoldIt() {
    list(5 * SECOND, member("a", 1));
    assertThat(view.sightOf(BUCKET, 6 * SECOND).clearAtNanos()).isEqualTo(5 * SECOND + LEASE);
  }

  @Test
  void ofAMemberThatHasYetToStartAnUnseenBucketIsFree() {
    list(5, member("a", 1, "a", DURATION_SECONDS, Map.of(LeaseMetadata.STATE, "starting")));
    assertThat(view.sightOf(BUCKET, 5).clearAtNanos()).isEqualTo(5);
  }

  @Test
  void aStateThatMakesNoSenseIsNoStart() {
    list(5, member("a", 1, "a", DURATION_SECONDS, Map.of(LeaseMetadata.STATE, "\u0000")));
    assertThat(view.sightOf(BUCKET, 5).clearAtNanos()).isEqualTo(5 + LEASE);
  }

  @Test
  void whereTheFirstListHasABucketOfAMemberThatHasYetToStartOthersMayBeGone() {
    Map<String, String> starting = Map.of(LeaseMetadata.STATE, "starting");
    list(5, member("a", 1, "a", DURATION_SECONDS, starting), otherBucket("a", 2));
    assertThat(view.sightOf(BUCKET, 5).clearAtNanos()).isEqualTo(5 + LEASE);
  }

  @Test
  void whereTheFirstListHasABucketOfNobodyKnownOthersMayBeGone() {
    list(5, otherBucket("gone", 2));
    assertThat(view.sightOf(BUCKET, 5).clearAtNanos()).isEqualTo(5 + LEASE);
  }

  @Test
  void aMemberThatStartsAgainMayHoldWhatItsEarlierLifeHeld() {
    Map<String, String> again =
        Map.of(LeaseMetadata.STATE, "starting", LeaseMetadata.EARLIER_LIVES, "before");
    list(5, member("a", 1, "a", DURATION_SECONDS, again));
    assertThat(view.sightOf(BUCKET, 5).clearAtNanos()).isEqualTo(5 + LEASE);
  }

  @Test
  void whoeverIsBusyTakingBucketsLetsNoneLie() {
    list(0, member("a", 1));
    assertThat(view.leftSince(view.sightOf(BUCKET, 1), "a", 1)).isEqualTo(1);
    changed(7, bucket("a", 2));
    deleted(9, bucket("a", 2), 3);
    changed(11, member("b", 4));
    assertThat(view.leftSince(view.sightOf(BUCKET, 11), "a", 11)).isEqualTo(9);
    assertThat(view.leftSince(view.sightOf(BUCKET, 11), "b", 11)).isEqualTo(9);
    changed(20, bucket("another lease", "a", 5));
    changed(21, bucket("another lease", "b", 6));
    assertThat(view.leftSince(view.sightOf(BUCKET, 22), "b", 22)).isEqualTo(21);
    assertThat(view.leftSince(view.sightOf(BUCKET, 22), "a", 22)).isEqualTo(21);
  }

  @Test
  void whoeverIsBusyForTooLongIsNoLongerWaitedFor() {
    list(0, member("a", 1), bucket("gone", 2));
    for (int version = 3; version < 9; version++) {
      changed(version * LEASE, otherBucket(version % 2 == 0 ? "a" : "b", version));
    }
    assertThat(view.leftSince(view.sightOf(BUCKET, 9 * LEASE), "a", 9 * LEASE))
        .isEqualTo(LEASE + 3 * LEASE);
  }

  @Test
  void aMemberIsSeasonedOnceItHasWatchedForTheLongestTermUnlessItsProcessWasThereBefore() {
    list(5, member("a", 1));
    changed(7, member("b", 2, "b", DURATION_SECONDS, Map.of(LeaseMetadata.EARLIER_LIVES, "a")));
    changed(9, member("a", 3));
    assertThat(view.members().seasonedAt("a")).isEqualTo(5 + LEASE);
    assertThat(view.members().seasonedAt("b")).isEqualTo(7);
  }

  @Test
  void ofAFencedMemberAnUnseenBucketIsFree() {
    list(5 * SECOND, fenced("a", 1));
    assertThat(view.sightOf(BUCKET, 6 * SECOND).clearAtNanos()).isEqualTo(5 * SECOND);
  }

  @Test
  void beforeTheFirstListNothingIsFree() {
    assertThat(view.isListed()).isFalse();
    assertThat(view.sightOf(BUCKET, SECOND).clearAtNanos()).isEqualTo(SECOND + LEASE);
  }

  @Test
  void aListThatLacksTheLeaseIsADeletionAndHidesWhatWasBefore() {
    list(0, member("a", 1), bucket("a", 2));
    list(SECOND, member("a", 1));
    BucketSight sight = view.sightOf(BUCKET, SECOND);
    assertThat(sight.lock()).isNull();
    assertThat(sight.clearAtNanos()).isEqualTo(SECOND + LEASE);
  }

  @Test
  void anotherListThatLacksTheLeaseMayHideAHolderThatCameAndWent() {
    list(0);
    assertThat(view.sightOf(BUCKET, 0).clearAtNanos()).isZero();
    list(SECOND);
    assertThat(view.sightOf(BUCKET, SECOND).clearAtNanos()).isEqualTo(SECOND + LEASE);
  }

  @Test
  void aDeletionOfAnEarlierObjectOfThatNameIsOld() {
    list(0, member("a", 1), bucket("second", "a", 9));
    view.apply(
        new LockEvent.Deleted(NAMES.bucket(BUCKET), new Version("first", 5)), SECOND, Set.of());
    assertThat(view.sightOf(BUCKET, SECOND).lock()).isNotNull();
  }

  @Test
  void aGarbledHolderIsWaitedOutLikeADeadOne() {
    list(0, member("a", 1), bucket("a", 2));
    changed(SECOND, bucket("nonsense", 3));
    assertThat(view.members().standing("nonsense", SECOND)).isEqualTo(Standing.RESPECTED);
    assertThat(view.members().standing("nonsense", SECOND + LEASE)).isEqualTo(Standing.DEAD);
  }

  @Test
  void aHandOverIsNotedAsAMoveWhoseLengthOnlyTheGiverCanTell() {
    list(0, member("a", 1), member("b", 2), bucket("a", 3));
    changed(SECOND, bucket("b", 4, LeaseMetadata.HANDED_OVER_BY, "a@3"));
    SeenMove move =
        new SeenMove(
            BUCKET, "a", "a", "b", "b", SeenMove.Cause.HANDED_OVER, Optional.empty(), SECOND);
    assertThat(view.moves().moves()).containsExactly(move);
    Duration millis = Duration.ofMillis(2);
    view.moves()
        .measuring(ShardListener.NONE)
        .changedHands(
            new ChangeOfHands(
                BUCKET,
                "a",
                "b",
                ChangeOfHands.Reason.JOIN,
                6,
                "lease",
                Duration.ZERO,
                millis,
                millis,
                Duration.ZERO));
    assertThat(view.moves().moves()).containsExactly(move.measured(Duration.ofMillis(4)));
  }

  @Test
  void aMoveFromTheDeadIsCountedFromTheirLastRenewalAndNotFromTheFence() {
    list(0, member("a", 1), bucket("a", 3));
    changed(SECOND, member("a", 4));
    changed(17 * SECOND, fenced("a", 5));
    changed(18 * SECOND, bucket("b", 6));
    assertThat(view.moves().moves())
        .extracting(SeenMove::cause, SeenMove::unled)
        .containsExactly(
            tuple(SeenMove.Cause.TAKEN_FROM_THE_DEAD, Optional.of(Duration.ofSeconds(17))));
  }

  @Test
  void aMoveOfAReleasedBucketIsCountedFromItsRelease() {
    list(0, member("a", 1), bucket("a", 3));
    changed(2 * SECOND, released("a", 4));
    changed(5 * SECOND, bucket("b", 6));
    assertThat(view.moves().moves())
        .extracting(SeenMove::cause, SeenMove::unled)
        .containsExactly(tuple(SeenMove.Cause.FREE, Optional.of(Duration.ofSeconds(3))));
  }

  @Test
  void whatTheFirstListShowsIsNoMoveAndOnlyTheLastMovesAreKept() {
    list(0, member("a", 1), member("b", 2), bucket("a", 3));
    assertThat(view.moves().moves()).isEmpty();
    for (int i = 0; i < 50; i++) {
      changed(i, bucket(i % 2 == 0 ? "b" : "a", 4 + i));
    }
    assertThat(view.moves().moves()).hasSize(20);
    assertThat(view.moves().moves().get(0).seenNanos()).isEqualTo(49);
    assertThat(view.moves().moves().get(0).cause()).isEqualTo(SeenMove.Cause.EDITED);
  }

  private static LockSnapshot otherBucket(String holderUid, long version) {
    LockSnapshot lock = bucket(holderUid, version);
    return new LockSnapshot(
        NAMES.bucket(new Bucket("site", 0, 1)), new Version("other", version), lock.record());
  }

  private void list(long nanos, LockSnapshot... locks) {
    view.apply(new LockEvent.Listed(List.of(locks)), nanos, Set.of());
  }

  private void changed(long nanos, LockSnapshot lock) {
    view.apply(new LockEvent.Changed(lock), nanos, Set.of());
  }

  private void deleted(long nanos, LockSnapshot lock, long version) {
    view.apply(
        new LockEvent.Deleted(lock.name(), new Version(lock.version().uid(), version)),
        nanos,
        Set.of());
  }
}
