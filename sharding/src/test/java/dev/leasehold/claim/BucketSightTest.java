package dev.leasehold.claim;

import static dev.leasehold.claim.Leases.BUCKET;
import static dev.leasehold.claim.Leases.LEASE;
import static dev.leasehold.claim.Leases.bucket;
import static dev.leasehold.claim.Leases.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.LeaseMetadata;
import org.junit.jupiter.api.Test;

/** From when on what a bucket's Lease says is the whole truth. */
final class BucketSightTest {

  private static final long NOW = 1_000_000_000L;

  @Test
  void aHandOverByTheHolderClearsAtOnce() {
    BucketSight sight =
        heldByA().present(bucket("b", 11, LeaseMetadata.HANDED_OVER_BY, "a@10"), seen());
    assertThat(sight.clearAtNanos()).isEqualTo(NOW);
  }

  @Test
  void aHandOverBySomebodyElseIsWaitedOut() {
    BucketSight sight =
        heldByA().present(bucket("b", 11, LeaseMetadata.HANDED_OVER_BY, "c@10"), seen());
    assertThat(sight.clearAtNanos()).isEqualTo(NOW + LEASE);
  }

  @Test
  void theMarkOfAnEarlierHandOverMeansNothing() {
    BucketSight back =
        heldByA()
            .present(bucket("b", 11, LeaseMetadata.HANDED_OVER_BY, "a@10"), seen())
            .present(bucket("a", 12, LeaseMetadata.HANDED_OVER_BY, "a@10"), seen(NOW + 1));
    assertThat(back.clearAtNanos()).isEqualTo(NOW + 1 + LEASE);
    BucketSight again =
        back.present(bucket("b", 13, LeaseMetadata.HANDED_OVER_BY, "a@10"), seen(NOW + 2));
    assertThat(again.clearAtNanos()).isEqualTo(NOW + 2 + LEASE);
  }

  @Test
  void aHandOverThatAListShowsIsWaitedOut() {
    BucketSight sight =
        heldByA().present(bucket("b", 11, LeaseMetadata.HANDED_OVER_BY, "a@10"), hidden());
    assertThat(sight.clearAtNanos()).isEqualTo(NOW + LEASE);
  }

  @Test
  void anOutsidersGiftIsWaitedOut() {
    assertThat(heldByA().present(bucket("b", 11), seen()).clearAtNanos()).isEqualTo(NOW + LEASE);
  }

  @Test
  void aDeadHoldersBucketClearsAtOnce() {
    assertThat(heldByA().present(bucket("b", 11), dead()).clearAtNanos()).isZero();
  }

  @Test
  void aReleaseByTheHolderClearsAtOnce() {
    assertThat(heldByA().present(released("a", 11), seen()).clearAtNanos()).isEqualTo(NOW);
  }

  @Test
  void aReleaseBySomebodyElseIsWaitedOut() {
    assertThat(heldByA().present(released("c", 11), seen()).clearAtNanos()).isEqualTo(NOW + LEASE);
  }

  @Test
  void anEmptiedHolderIsWaitedOut() {
    assertThat(heldByA().present(bucket("", 11), seen()).clearAtNanos()).isEqualTo(NOW + LEASE);
  }

  @Test
  void aDeletedLeaseIsWaitedOut() {
    BucketSight sight = heldByA().absent(11, seen());
    assertThat(sight.clearAtNanos()).isEqualTo(NOW + LEASE);
    assertThat(sight.displacedUid()).isEqualTo("a");
  }

  @Test
  void aDeadHoldersDeletedLeaseIsNotWaitedOut() {
    assertThat(heldByA().absent(11, dead()).clearAtNanos()).isZero();
  }

  @Test
  void whatAListHidesIsWaitedOut() {
    assertThat(heldByA().present(bucket("a", 12), hidden()).clearAtNanos()).isEqualTo(NOW + LEASE);
    assertThat(heldByA().absent(12, hidden()).clearAtNanos()).isEqualTo(NOW + LEASE);
    assertThat(heldByA().absent(12, hidden()).displacedUid()).isEmpty();
    assertThat(heldByA().stillAbsent(hidden()).clearAtNanos()).isEqualTo(NOW + LEASE);
  }

  @Test
  void aWaitIsNeverCutShortByTheNextEdit() {
    BucketSight stolen = heldByA().present(bucket("b", 11), seen());
    BucketSight edited = stolen.present(bucket("b", 12), seen(NOW + 5));
    assertThat(edited.clearAtNanos()).isEqualTo(NOW + LEASE);
    BucketSight deleted = edited.absent(13, seen(NOW + 6));
    assertThat(deleted.clearAtNanos()).isGreaterThanOrEqualTo(NOW + LEASE);
  }

  @Test
  void whoWasPutOffByAnOutsiderTakesItBackWithoutWaiting() {
    BucketSight back = heldByA().absent(11, seen()).present(bucket("new", "a", 12), seen(NOW + 1));
    assertThat(back.clearAtNanos()).isZero();
  }

  @Test
  void whoWasPutOffWaitsOnceSomebodyElseHasHeldIt() {
    BucketSight back =
        heldByA()
            .absent(11, seen())
            .present(bucket("new", "b", 12), seen(NOW + 1))
            .present(bucket("new", "a", 13), seen(NOW + 2));
    assertThat(back.clearAtNanos()).isEqualTo(NOW + 2 + LEASE);
  }

  @Test
  void anOlderVersionTellsNothingNew() {
    assertThat(heldByA().knows(bucket("b", 9))).isTrue();
    assertThat(heldByA().knows(bucket("a", 10))).isTrue();
    assertThat(heldByA().knows(bucket("b", 11))).isFalse();
    assertThat(heldByA().absent(12, seen()).knows(bucket("a", 10))).isTrue();
  }

  private static BucketSight heldByA() {
    return BucketSight.unseen(BUCKET, 0, 0)
        .present(bucket("a", 10), new BucketSight.Context(0, false, false, LEASE));
  }

  private static BucketSight.Context seen() {
    return seen(NOW);
  }

  private static BucketSight.Context seen(long nanos) {
    return new BucketSight.Context(nanos, false, false, LEASE);
  }

  private static BucketSight.Context dead() {
    return new BucketSight.Context(NOW, false, true, LEASE);
  }

  private static BucketSight.Context hidden() {
    return new BucketSight.Context(NOW, true, false, LEASE);
  }
}
