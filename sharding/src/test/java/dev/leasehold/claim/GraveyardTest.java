package dev.leasehold.claim;

import static dev.leasehold.claim.Leases.DURATION_SECONDS;
import static dev.leasehold.claim.Leases.LEASE;
import static dev.leasehold.claim.Leases.NAMES;
import static dev.leasehold.claim.Leases.bucket;
import static dev.leasehold.claim.Leases.fenced;
import static dev.leasehold.claim.Leases.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.log.CapturedLog;
import dev.leasehold.time.Clocks;
import dev.leasehold.time.EventLoop;
import dev.leasehold.time.Now;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which members are fenced and whose Leases are removed, when, and what is said of it. */
final class GraveyardTest {

  private static final long RETRY = Duration.ofSeconds(2).toNanos();
  private static final Set<String> NOBODY = Set.of();

  private final Time time = new Time();
  private final IntendedWrites writes = new IntendedWrites();
  private final ClusterView view = new ClusterView(NAMES, Duration.ofSeconds(DURATION_SECONDS));
  private final Graveyard graveyard = new Graveyard(time, writes, view, Duration.ofNanos(RETRY));
  private final CapturedLog said = CapturedLog.of(Graveyard.class);

  @AfterEach
  void listenNoMore() {
    said.close();
  }

  @Test
  void aMemberIsFencedOnceItHasLapsedOverTheVersionThatWasWaitedOut() {
    list(member("dead", 3));
    assertThat(tendAt(LEASE - 1, NOBODY, true)).isEqualTo(LEASE);
    assertThat(writes.list()).isEmpty();
    assertThat(tendAt(LEASE, NOBODY, true)).isEqualTo(LEASE + RETRY);
    assertThat(writes.list()).containsExactly("fence " + NAMES.member("dead") + "@3 by me");
    assertThat(said.messages())
        .containsExactly("Fencing member " + NAMES.member("dead") + ": not renewed for 15 s");
  }

  @Test
  void whoeverInheritsFromItFencesItAndNobodyElseButTheJanitorDoes() {
    list(member("dead", 3), bucket("dead", 5));
    tendAt(LEASE, NOBODY, false);
    assertThat(writes.list()).isEmpty();
    tendAt(LEASE, Set.of("dead"), false);
    assertThat(writes.list()).hasSize(1);
  }

  @Test
  void aFenceThatDoesNotShowIsSentAgainAfterTheRetryPeriod() {
    list(member("dead", 3));
    tendAt(LEASE, NOBODY, true);
    tendAt(LEASE + RETRY - 1, NOBODY, true);
    assertThat(writes.list()).hasSize(1);
    tendAt(LEASE + RETRY, NOBODY, true);
    assertThat(writes.list()).hasSize(2);
  }

  @Test
  void aFencedMemberThatABucketStillNamesStays() {
    list(member("dead", 3), bucket("dead", 5));
    changedAt(LEASE, fenced("dead", 7));
    tendAt(10 * LEASE, NOBODY, true);
    assertThat(writes.list()).isEmpty();
    changedAt(10 * LEASE, bucket("heir", 8));
    tendAt(10 * LEASE, NOBODY, true);
    assertThat(writes.list()).containsExactly("remove " + NAMES.member("dead") + "@7");
  }

  @Test
  void aFencedMemberThatNoBucketNamesStaysForAsLongAsAClaimOfItMayStillArrive() {
    list(member("dead", 3));
    changedAt(LEASE, fenced("dead", 7));
    assertThat(tendAt(LEASE, NOBODY, true)).isEqualTo(2 * LEASE);
    tendAt(2 * LEASE - 1, NOBODY, true);
    assertThat(writes.list()).isEmpty();
    assertThat(said.messages()).isEmpty();
    tendAt(2 * LEASE, NOBODY, true);
    assertThat(writes.list()).containsExactly("remove " + NAMES.member("dead") + "@7");
    assertThat(said.messages())
        .containsExactly("Removing the Lease of dead member " + NAMES.member("dead"));
  }

  @Test
  void onlyTheJanitorRemoves() {
    list(member("dead", 3));
    changedAt(LEASE, fenced("dead", 7));
    tendAt(3 * LEASE, Set.of("dead"), false);
    assertThat(writes.list()).isEmpty();
  }

  @Test
  void aRemovalThatDoesNotShowIsSentAgainAfterTheRetryPeriod() {
    list(member("dead", 3));
    changedAt(LEASE, fenced("dead", 7));
    assertThat(tendAt(2 * LEASE, NOBODY, true)).isEqualTo(2 * LEASE + RETRY);
    tendAt(2 * LEASE + RETRY - 1, NOBODY, true);
    assertThat(writes.list()).hasSize(1);
    tendAt(2 * LEASE + RETRY, NOBODY, true);
    assertThat(writes.list()).hasSize(2);
  }

  private long tendAt(long nanos, Set<String> leavingToMe, boolean janitor) {
    time.nanos = nanos;
    return graveyard.tend("me", () -> leavingToMe, janitor);
  }

  private void list(LockSnapshot... locks) {
    view.apply(new LockEvent.Listed(List.of(locks)), 0, Set.of());
  }

  private void changedAt(long nanos, LockSnapshot lock) {
    view.apply(new LockEvent.Changed(lock), nanos, Set.of());
  }

  /** A time that stands still until the test moves it. */
  private static final class Time implements EventLoop {

    private long nanos;

    @Override
    public Clocks clocks() {
      return () -> new Now(nanos, 0);
    }

    @Override
    public void execute(Runnable task) {
      throw new AssertionError("Nothing is to be run later");
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
      throw new AssertionError("Nothing is to be scheduled");
    }
  }
}
