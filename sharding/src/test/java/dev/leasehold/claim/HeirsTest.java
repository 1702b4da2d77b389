package dev.leasehold.claim;

import static dev.leasehold.claim.Leases.BUCKET;
import static dev.leasehold.claim.Leases.LEASE;
import static dev.leasehold.claim.Leases.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who takes what nobody leads: the plan of everybody says the newcomer. */
final class HeirsTest {

  private static final Bucket ONLY_THE_NEW = new Bucket("page", 0, 2);
  private static final Candidate OLD = new Candidate("old", Map.of("page", 1));
  private static final Candidate NEW = new Candidate("new", Map.of("page", 1));
  private static final Plan PLAN = new Plan(Map.of(BUCKET, "new", ONLY_THE_NEW, "new"), List.of());

  private final KnownMembers members = new KnownMembers(Duration.ofNanos(LEASE));
  private final Heirs heirs = new Heirs(members);

  @Test
  void whoeverHasLongBeenThereInheritsBeforeANewcomerDoes() {
    boolean unused = members.present(member("old", 1), 0) && members.present(member("new", 2), 1);
    take(LEASE);
    assertThat(heirs.of(BUCKET)).contains("old");
    assertThat(heirs.wakeAt()).isEqualTo(LEASE + 1);
  }

  @Test
  void whereAllAreNewThePlanOfEverybodyCounts() {
    boolean unused = members.present(member("old", 1), 0) && members.present(member("new", 2), 1);
    take(LEASE - 1);
    assertThat(heirs.of(BUCKET)).contains("new");
  }

  @Test
  void whatOnlyNewcomersRunIsTheirs() {
    boolean unused = members.present(member("old", 1), 0) && members.present(member("new", 2), 1);
    take(LEASE);
    assertThat(heirs.of(ONLY_THE_NEW)).contains("new");
  }

  @Test
  void anHeirThatHasChangedIsToldOnceSomebodyHasAsked() {
    boolean unused = members.present(member("old", 1), 0) && members.present(member("new", 2), 1);
    take(LEASE);
    assertThat(heirs.known()).isNull();
    assertThat(heirs.of(BUCKET)).contains("old");
    Plan before = heirs.known();
    take(LEASE + 1);
    assertThat(heirs.changedSince(before)).containsExactlyInAnyOrder(BUCKET, ONLY_THE_NEW);
    assertThat(heirs.changedSince(null)).isEmpty();
  }

  private void take(long nanos) {
    heirs.take(List.of(OLD, NEW), Map.of(), PLAN, nanos);
  }
}
