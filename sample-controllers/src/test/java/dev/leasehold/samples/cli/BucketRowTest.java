package dev.leasehold.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.member.MemberInfo;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the command {@code leases} says of buckets. */
final class BucketRowTest {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00.5Z");
  private static final LeaseNames NAMES = LeaseNames.of("shop");

  private final List<Lease> leases = new ArrayList<>();

  @Test
  void bucketOfALivingMemberIsLedSinceItsTermBegan() {
    member("a", "ready", NOW.minusSeconds(2));
    bucket(0, "a", "a");
    assertThat(rows().get(new Bucket("page", 0, 2)))
        .isEqualTo(new BucketRow("a", "7", "2026-01-01T09:59:00Z", "led"));
  }

  @Test
  void bucketsThatAMemberRunsAndThatHaveNoLeaseAreUnled() {
    member("a", "ready", NOW);
    bucket(0, "", "");
    assertThat(rows().values()).extracting(BucketRow::state).containsExactly("unled", "unled");
  }

  @Test
  void holderIsJudgedByItsMemberLease() {
    member("drains", "draining", NOW);
    bucket(0, "drains", "drains");
    assertThat(state()).isEqualTo("draining");
    member("slow", "ready", NOW.minusSeconds(8));
    bucket(0, "slow", "slow");
    assertThat(state()).isEqualTo("holder silent");
    member("late", "ready", NOW.minusSeconds(16));
    bucket(0, "late", "late");
    assertThat(state()).isEqualTo("holder dead");
    bucket(0, "gone", "gone");
    assertThat(state()).isEqualTo("holder dead");
  }

  @Test
  void holderUnderTheNameButNotTheUidOfAMemberIsDead() {
    member("a", "ready", NOW);
    bucket(0, "a", "another uid");
    assertThat(state()).isEqualTo("holder dead");
  }

  @Test
  void holderCanSendNothingToTheTerminal() {
    bucket(0, "\u001b[2Jevil\n" + "x".repeat(5000), "a");
    assertThat(rows().values())
        .extracting(BucketRow::holder)
        .allSatisfy(holder -> assertThat(holder).startsWith("[2Jevilx").hasSize(253));
  }

  @Test
  void noMemberCanMakeTheTableEndless() {
    String controllers =
        IntStream.range(0, 200).mapToObj("c%03d=4096"::formatted).collect(Collectors.joining(","));
    member("a", "ready", NOW, controllers);
    assertThat(rows()).hasSize(MemberInfo.MOST_BUCKETS);
  }

  @Test
  void leasesWithoutASpecAreSurvived() {
    leases.add(
        new LeaseBuilder()
            .withNewMetadata()
            .withName("shop.page.00-of-02")
            .withUid("x")
            .withResourceVersion("9")
            .endMetadata()
            .build());
    assertThat(state()).isEqualTo("unled");
  }

  private String state() {
    return rows().values().iterator().next().state();
  }

  private Map<Bucket, BucketRow> rows() {
    return BucketRow.of(leases, NAMES, NOW);
  }

  private void member(String uid, String state, Instant renewed) {
    member(uid, state, renewed, "page=2");
  }

  private void member(String uid, String state, Instant renewed, String controllers) {
    leases.add(
        lease(
            NAMES.member(uid),
            uid,
            uid,
            renewed,
            Map.of(LeaseMetadata.STATE, state, LeaseMetadata.CONTROLLERS, controllers)));
  }

  private void bucket(int index, String holder, String uid) {
    String name = NAMES.bucket(new Bucket("page", index, 2));
    leases.removeIf(lease -> lease.getMetadata().getName().equals(name));
    leases.add(lease(name, "lease", holder, null, Map.of(LeaseMetadata.MEMBER_UID, uid)));
  }

  private static Lease lease(
      String name,
      String uid,
      String holder,
      @Nullable Instant renewed,
      Map<String, String> annotations) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(name)
        .withUid(uid)
        .withResourceVersion("7")
        .withAnnotations(annotations)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds(15)
        .withAcquireTime(NOW.minusSeconds(60).atZone(ZoneOffset.UTC))
        .withRenewTime(renewed == null ? null : renewed.atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }
}
