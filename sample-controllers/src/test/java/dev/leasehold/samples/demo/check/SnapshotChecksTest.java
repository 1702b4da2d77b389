package dev.leasehold.samples.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotChecksTest {

  private static final BucketSet BUCKETS = BucketSet.of("webpage", 4, KeyHash.NAME);
  private static final String PAGE = "page-1";
  private static final int BUCKET_OF_PAGE = BUCKETS.bucketOf("default", PAGE, null).index();

  @Test
  void evenLoadsAreBalanced() {
    assertThat(balanced(members("a", "b"), buckets("a", "b", "a", "b"), 2)).isEmpty();
    assertThat(balanced(members("a", "b", "c"), buckets("a", "b", "c", "c"), 3)).isEmpty();
  }

  @Test
  void aMemberWithTwoBucketsMoreThanAnotherIsFound() {
    assertThat(balanced(members("a", "b"), buckets("a", "a", "a", "b"), 2))
        .singleElement()
        .asString()
        .contains("a=3", "b=1");
    assertThat(balanced(members("a", "b", "c"), buckets("a", "b", "a", "b"), 3)).hasSize(1);
  }

  @Test
  void aBucketWithoutLeaseOrHolderOrWithADeadHolderIsFound() {
    assertThat(balanced(members("a"), buckets("a", "a", "a"), 1))
        .singleElement()
        .asString()
        .contains("webpage.03-of-04 has no Lease");
    assertThat(balanced(members("a"), buckets("a", "a", "a", ""), 1))
        .anyMatch(wrong -> wrong.contains("held by nobody"));
    assertThat(balanced(members("a"), buckets("a", "a", "a", "dead"), 1))
        .anyMatch(wrong -> wrong.contains("held by dead, which is no member"));
  }

  @Test
  void aMissingMemberIsFoundAndAFencedOneDoesNotCount() {
    assertThat(balanced(members("a"), buckets("a", "a", "a", "a"), 2)).hasSize(1);
    assertThat(balanced(members("a", ""), buckets("a", "a", "a", "a"), 1)).isEmpty();
  }

  @Test
  void aPageThatItsHolderReconciledIsFine() {
    assertThat(named(page(2, status(2, "a", epochOfPage())))).isEmpty();
  }

  @Test
  void aPageThatNobodyReconciledOrOnlyAnEarlierVersionOfItIsFound() {
    assertThat(named(page(1, Optional.empty()))).singleElement().asString().contains("never");
    assertThat(named(page(2, status(1, "a", epochOfPage()))))
        .singleElement()
        .asString()
        .contains("generation 2, but 1 was reconciled");
  }

  @Test
  void aPageThatAnotherThanTheHolderReconciledIsFound() {
    assertThat(named(page(1, status(1, "b", epochOfPage())))).hasSize(1);
    assertThat(named(page(1, status(1, "a", epochOfPage() - 1))))
        .singleElement()
        .asString()
        .contains("default/page-1", "shop.webpage.");
  }

  @Test
  void aPageWhoseBucketHasNoLeaseIsFound() {
    Snapshot snapshot = new Snapshot(members("a"), List.of(page(1, status(1, "a", epochOfPage()))));

    assertThat(SnapshotChecks.pagesNameTheirHolder(snapshot, BUCKETS)).hasSize(1);
  }

  @Test
  void aConfigMapThatIsMissingOrStaleIsFound() {
    assertThat(rendered(Optional.of("<p>1</p>"))).isEmpty();
    assertThat(rendered(Optional.empty())).singleElement().asString().contains("no ConfigMap");
    assertThat(rendered(Optional.of("<p>0</p>")))
        .singleElement()
        .asString()
        .contains("<p>0</p>", "<p>1</p>");
  }

  private static long epochOfPage() {
    return 100L + BUCKET_OF_PAGE;
  }

  private static List<String> balanced(
      List<LeaseState> members, List<LeaseState> buckets, int replicas) {
    List<LeaseState> leases = new ArrayList<>(members);
    leases.addAll(buckets);
    return SnapshotChecks.bucketsAreBalanced(new Snapshot(leases, List.of()), BUCKETS, replicas);
  }

  private static List<String> named(PageState page) {
    return SnapshotChecks.pagesNameTheirHolder(
        new Snapshot(buckets("a", "a", "a", "a"), List.of(page)), BUCKETS);
  }

  private static List<String> rendered(Optional<String> content) {
    PageState page = new PageState("default", PAGE, "<p>1</p>", 1, Optional.empty(), content);
    return SnapshotChecks.configMapsHaveTheLastContent(new Snapshot(List.of(), List.of(page)));
  }

  private static PageState page(long generation, Optional<PageState.Status> status) {
    return new PageState("default", PAGE, "<p>1</p>", generation, status, Optional.empty());
  }

  private static Optional<PageState.Status> status(long generation, String by, long epoch) {
    return Optional.of(new PageState.Status(generation, by, epoch));
  }

  private static List<LeaseState> members(String... holders) {
    return Stream.of(holders)
        .map(
            holder ->
                new LeaseState("shop.member." + holder, holder, 1, Instant.EPOCH, Optional.empty()))
        .toList();
  }

  private static List<LeaseState> buckets(String... holders) {
    List<LeaseState> leases = new ArrayList<>();
    for (int i = 0; i < holders.length; i++) {
      leases.add(
          new LeaseState(
              "shop." + BUCKETS.buckets().get(i),
              holders[i],
              100 + i,
              Instant.EPOCH,
              Optional.of(BUCKETS.buckets().get(i))));
    }
    return leases;
  }
}
