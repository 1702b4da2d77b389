package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AllocationTest {

  @Test
  void tenSingleBucketControllersOverThreeReplicasAreFourThreeThree() {
    Map<String, Integer> ten =
        IntStream.range(0, 10).boxed().collect(Collectors.toMap(i -> "controller-" + i, i -> 1));
    Plan plan =
        Allocation.plan(
            List.of(new Candidate("a", ten), new Candidate("b", ten), new Candidate("c", ten)),
            Map.of());
    assertThat(totals(plan).values()).containsExactlyInAnyOrder(4, 3, 3);
  }

  @Test
  void withoutCandidatesThereIsNothingToPlan() {
    Plan plan = Allocation.plan(List.of(), Map.of(web(0), "a"));
    assertThat(plan.owners()).isEmpty();
    assertThat(plan.moves()).isEmpty();
    assertThat(plan.ownerOf(web(0))).isEmpty();
  }

  @Test
  void candidateThatRunsNothingGetsNothing() {
    Plan plan = Allocation.plan(List.of(new Candidate("a", Map.of()), candidate("b")), Map.of());
    assertThat(totals(plan)).isEqualTo(Map.of("b", 4));
  }

  @Test
  void bucketsOfOneWhoIsNoCandidateGoToThoseBelowTheirQuota() {
    Plan plan =
        Allocation.plan(
            List.of(candidate("a"), candidate("b")),
            Map.of(web(0), "gone", web(1), "a", web(2), "gone", web(3), "a"));
    assertThat(plan.moves())
        .containsExactly(
            new Plan.Move(web(0), Optional.of("gone"), "b"),
            new Plan.Move(web(2), Optional.of("gone"), "b"));
    assertThat(plan.ownerOf(web(1))).contains("a");
  }

  @Test
  void freeBucketGoesToTheOneBelowItsQuota() {
    Plan plan =
        Allocation.plan(
            List.of(candidate("a"), candidate("b")), Map.of(web(0), "b", web(1), "a", web(3), "b"));
    assertThat(plan.moves()).containsExactly(new Plan.Move(web(2), Optional.empty(), "a"));
  }

  @Test
  void newcomerGetsOnlyTheExcessAndOfThatTheHighestIndexes() {
    Plan plan =
        Allocation.plan(
            List.of(candidate("a"), candidate("b")),
            Map.of(web(0), "b", web(1), "b", web(2), "b", web(3), "b"));
    assertThat(plan.moves())
        .containsExactly(
            new Plan.Move(web(2), Optional.of("b"), "a"),
            new Plan.Move(web(3), Optional.of("b"), "a"));
  }

  @Test
  void bucketsOfAnotherCountAreOtherBuckets() {
    Bucket old = new Bucket("web", 0, 2);
    Plan plan = Allocation.plan(List.of(candidate("a")), Map.of(old, "a"));
    assertThat(plan.ownerOf(old)).isEmpty();
    assertThat(plan.owners()).containsOnlyKeys(web(0), web(1), web(2), web(3));
    assertThat(plan.moves()).hasSize(4);
  }

  @Test
  void eachCountIsSharedByThoseThatAnnounceIt() {
    Plan plan =
        Allocation.plan(
            List.of(candidate("a"), candidate("b"), new Candidate("c", Map.of("web", 2))),
            Map.of(web(0), "c"));
    assertThat(plan.ownerOf(new Bucket("web", 0, 2))).contains("c");
    assertThat(plan.ownerOf(new Bucket("web", 1, 2))).contains("c");
    assertThat(totals(plan)).isEqualTo(Map.of("a", 2, "b", 2, "c", 2));
  }

  @Test
  void ownersAndMovesAreInTheOrderOfBuckets() {
    Map<String, Integer> controllers = Map.of("web", 12, "db", 3, "cache", 1);
    Plan plan = Allocation.plan(List.of(new Candidate("a", controllers)), Map.of());
    assertThat(plan.owners().keySet().stream()).isSorted();
    assertThat(plan.moves().stream().map(Plan.Move::bucket)).isSorted();
  }

  @Test
  void keepingMostTakesMoreThanKeepingGreedily() {
    // Each of three controllers has two buckets for three replicas, so each replica gets two. If a
    // keeps its a1 and b1, and b its a2 and b2, both buckets of c would have to go to the third.
    Map<String, Integer> controllers = Map.of("x", 2, "y", 2, "z", 2);
    List<Candidate> members =
        List.of(
            new Candidate("a", controllers),
            new Candidate("b", controllers),
            new Candidate("c", controllers));
    Plan plan =
        Allocation.plan(
            members,
            Map.of(
                new Bucket("x", 0, 2), "a",
                new Bucket("y", 0, 2), "a",
                new Bucket("x", 1, 2), "b",
                new Bucket("y", 1, 2), "b"));
    assertThat(plan.moves()).hasSize(3);
    assertThat(totals(plan)).isEqualTo(Map.of("a", 2, "b", 2, "c", 2));
  }

  @Test
  void sameUidTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Allocation.plan(List.of(candidate("a"), candidate("a")), Map.of()))
        .withMessageContaining("uid a");
  }

  @Test
  void candidateWithAnImpossibleCountIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candidate("a", Map.of("web", 0)))
        .withMessageContaining("0 buckets for controller 'web'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candidate("a", Map.of("web", Integer.MAX_VALUE)));
  }

  /** It takes a tenth of a second; the limit only tells polynomial from exponential. */
  @Test
  @Timeout(20)
  void tenThousandControllersOverTwoHundredReplicasDoNotBlowUp() {
    Map<String, Integer> old = new HashMap<>();
    Map<String, Integer> fresh = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      old.put("controller-" + i, 1);
      fresh.put("controller-" + i, 1 + i % 2);
    }
    List<Candidate> members = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      members.add(new Candidate("member-" + i, i < 50 ? old : fresh));
    }
    Plan before = Allocation.plan(members.subList(0, 50), Map.of());
    assertThat(Collections.max(totals(before).values())).isEqualTo(200);
    assertThat(Allocation.plan(members, before.owners()).owners()).hasSize(20_000 - 5_000 + 5_000);
  }

  private static Candidate candidate(String uid) {
    return new Candidate(uid, Map.of("web", 4));
  }

  private static Bucket web(int index) {
    return new Bucket("web", index, 4);
  }

  private static Map<String, Integer> totals(Plan plan) {
    Map<String, Integer> totals = new HashMap<>();
    plan.owners().values().forEach(uid -> totals.merge(uid, 1, Integer::sum));
    return totals;
  }
}
