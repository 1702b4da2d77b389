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

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which Leases of buckets are removed, and when; {@code "new"} runs the controller with 2. */
final class LeftoversTest {

  private static final long SAFE = Leftovers.SAFE_LEASES * LEASE;
  private static final LockSnapshot LIVING =
      member("new", 1, "new", DURATION_SECONDS, Map.of(LeaseMetadata.CONTROLLERS, "page=2"));

  private final IntendedWrites writes = new IntendedWrites();
  private final ClusterView view = new ClusterView(NAMES, Duration.ofSeconds(DURATION_SECONDS));
  private final Leftovers leftovers = new Leftovers(writes, view, Duration.ofSeconds(2));

  @AfterEach
  void nothingIsReplaced() {
    assertThat(writes.list()).allMatch(write -> write.startsWith("remove "));
  }

  @Test
  void aReleasedBucketThatNobodyRunsIsRemovedAfterTheSafeTimeByVersion() {
    list(0, LIVING, bucket("old", 5), member("old", 1));
    changed(1, released("old", 7));
    deleted(2, member("old", 1));
    assertThat(leftovers.tend(true, 2)).isEqualTo(2 + SAFE);
    leftovers.tend(true, 1 + SAFE);
    assertThat(writes.list()).isEmpty();
    leftovers.tend(true, 2 + SAFE);
    assertThat(writes.list()).containsExactly("remove " + NAMES.bucket(BUCKET) + "@7");
  }

  @Test
  void theBucketOfAControllerThatNobodyRunsAnyMoreIsRemovedAfterTheSafeTime() {
    LockSnapshot other =
        member("new", 1, "new", DURATION_SECONDS, Map.of(LeaseMetadata.CONTROLLERS, "order=1"));
    list(0, other, released("old", 5));
    assertThat(leftovers.tend(true, LEASE)).isEqualTo(LEASE + SAFE);
    leftovers.tend(true, LEASE + SAFE - 1);
    assertThat(writes.list()).isEmpty();
    leftovers.tend(true, LEASE + SAFE);
    assertThat(writes.list()).containsExactly("remove " + NAMES.bucket(BUCKET) + "@5");
  }

  @Test
  void theBucketOfAMemberThatLivesIsNeverRemovedThoughNobodySaysThatHeRunsIt() {
    list(0, LIVING, bucket("new", 5));
    for (long nanos = 0; nanos < 10 * SAFE; nanos += LEASE / 2) {
      changed(nanos, renewed(LIVING, 10 + nanos));
      leftovers.tend(true, nanos);
    }
    assertThat(writes.list()).isEmpty();
  }

  @Test
  void theBucketOfAMemberThatHasLapsedIsRemovedOnlyAfterItIsFenced() {
    list(0, LIVING, bucket("old", 5), member("old", 2));
    leftovers.tend(true, 0);
    leftovers.tend(true, 10 * SAFE);
    assertThat(writes.list()).isEmpty();
    changed(10 * SAFE, fenced("old", 9));
    leftovers.tend(true, 10 * SAFE);
    leftovers.tend(true, 11 * SAFE);
    assertThat(writes.list()).containsExactly("remove " + NAMES.bucket(BUCKET) + "@5");
  }

  @Test
  void aMemberThatComesBackWithItStartsTheSafeTimeAnew() {
    list(0, LIVING, released("old", 5));
    leftovers.tend(true, LEASE);
    changed(2 * LEASE, member("back", 6));
    assertThat(leftovers.tend(true, 2 * LEASE)).isEqualTo(Long.MAX_VALUE);
    deleted(3 * LEASE, member("back", 6));
    leftovers.tend(true, 3 * LEASE);
    leftovers.tend(true, 3 * LEASE + SAFE - 1);
    assertThat(writes.list()).isEmpty();
    leftovers.tend(true, 3 * LEASE + SAFE);
    assertThat(writes.list()).hasSize(1);
  }

  @Test
  void aMemberThatDoesNotSayWhatItRunsMayRunAnything() {
    list(
        0,
        LIVING,
        member("mute", 1, "mute", DURATION_SECONDS, Map.of(LeaseMetadata.CONTROLLERS, "?")),
        released("old", 5));
    leftovers.tend(true, LEASE);
    leftovers.tend(true, LEASE + SAFE);
    assertThat(writes.list()).isEmpty();
  }

  @Test
  void whoeverIsNotToRemoveOnlyKnowsSinceWhen() {
    list(0, LIVING, released("old", 5));
    leftovers.tend(false, LEASE);
    leftovers.tend(false, LEASE + SAFE);
    assertThat(writes.list()).isEmpty();
    leftovers.tend(true, LEASE + SAFE);
    assertThat(writes.list()).hasSize(1);
  }

  @Test
  void aDeletionThatDoesNotShowIsSentAgainAfterTheRetryPeriod() {
    list(0, LIVING, released("old", 5));
    leftovers.tend(true, LEASE);
    long again = leftovers.tend(true, LEASE + SAFE);
    leftovers.tend(true, again - 1);
    assertThat(writes.list()).hasSize(1);
    leftovers.tend(true, again);
    assertThat(writes.list()).hasSize(2);
  }

  private void list(long nanos, LockSnapshot... locks) {
    view.apply(new LockEvent.Listed(List.of(locks)), nanos, Set.of());
  }

  private void changed(long nanos, LockSnapshot lock) {
    view.apply(new LockEvent.Changed(lock), nanos, Set.of());
  }

  private void deleted(long nanos, LockSnapshot lock) {
    view.apply(new LockEvent.Deleted(lock.name(), lock.version()), nanos, Set.of());
  }

  private static LockSnapshot renewed(LockSnapshot lock, long version) {
    return new LockSnapshot(lock.name(), new Version(lock.version().uid(), version), lock.record());
  }
}
