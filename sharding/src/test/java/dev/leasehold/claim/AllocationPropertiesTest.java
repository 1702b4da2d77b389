package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AllocationPropertiesTest {

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void guaranteesHoldThroughAnyHistoryOfReplicasThatRunTheSame(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int replicas,
      @ForAll @IntRange(min = 1, max = 600) int controllers,
      @ForAll @IntRange(min = 1, max = 5000) int buckets,
      @ForAll @IntRange(max = 4) int skew) {
    Cluster cluster = new Cluster(seed, controllers, buckets);
    cluster.join(replicas);
    cluster.scatter(skew);
    for (int event = 0; event < 6; event++) {
      Plan plan = cluster.plan();
      assertGuarantees(cluster, plan);
      assertTotalsAreWithinOne(cluster, plan);
      cluster.carryOut(plan, cluster.random.nextBoolean() ? 1 : cluster.random.nextDouble());
      cluster.leave(cluster.random.nextInt(1 + replicas / 4));
      cluster.join(cluster.random.nextInt(1 + (200 - cluster.candidates.size()) / 4));
    }
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void guaranteesHoldThroughAnyHistoryOfReplicasThatRunDifferentParts(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int replicas,
      @ForAll @IntRange(min = 1, max = 600) int controllers,
      @ForAll @IntRange(min = 1, max = 5000) int buckets,
      @ForAll @IntRange(max = 4) int skew) {
    Cluster cluster = new Cluster(seed, controllers, buckets);
    cluster.joinWithParts(replicas);
    cluster.scatter(skew);
    for (int event = 0; event < 6; event++) {
      Plan plan = cluster.plan();
      assertGuarantees(cluster, plan);
      cluster.carryOut(plan, cluster.random.nextBoolean() ? 1 : cluster.random.nextDouble());
      cluster.leave(cluster.random.nextInt(1 + replicas / 4));
      cluster.joinWithParts(cluster.random.nextInt(1 + replicas / 4));
      cluster.join(cluster.random.nextInt(2));
    }
  }

  @Property(tries = 3000)
  void smallPlansAreTheBestOfAllForReplicasThatRunTheSame(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int replicas,
      @ForAll @IntRange(min = 1, max = 5) int controllers,
      @ForAll @IntRange(min = 1, max = 15) int buckets,
      @ForAll @IntRange(max = 2) int skew) {
    Cluster cluster = new Cluster(seed, controllers, buckets);
    cluster.join(replicas);
    cluster.scatter(skew);
    assertBestByTrial(cluster);
  }

  @Property(tries = 3000)
  void smallPlansAreTheBestOfAllForReplicasThatRunDifferentParts(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int replicas,
      @ForAll @IntRange(min = 1, max = 4) int controllers,
      @ForAll @IntRange(min = 1, max = 12) int buckets,
      @ForAll @IntRange(max = 2) int skew) {
    Cluster cluster = new Cluster(seed, controllers, buckets);
    cluster.joinWithParts(replicas);
    cluster.scatter(skew);
    assertBestByTrial(cluster);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void largerPlansMoveNoMoreThanALeastCostFlowSays(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 16) int replicas,
      @ForAll @IntRange(min = 1, max = 16) int controllers,
      @ForAll @IntRange(min = 1, max = 150) int buckets,
      @ForAll @IntRange(max = 2) int skew,
      @ForAll boolean parts) {
    Cluster cluster = new Cluster(seed, controllers, buckets);
    cluster.join(replicas, parts);
    cluster.scatter(skew);
    assertThat(cluster.plan().moves()).hasSize(new BestByFlow(cluster).fewestMoves());
  }

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
  void largestPlansOfOneControllerMoveNoMoreThanEvenSharesNeed(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int replicas,
      @ForAll @IntRange(min = 1, max = 4096) int buckets,
      @ForAll @IntRange(max = 4) int skew) {
    Cluster cluster = new Cluster(seed, 1, buckets);
    cluster.join(replicas);
    cluster.scatter(skew);
    int floor = buckets / replicas;
    int extras = buckets % replicas;
    int stay = 0;
    for (Candidate candidate : cluster.candidates) {
      int held = Collections.frequency(cluster.holders.values(), candidate.uid());
      stay += Math.min(held, floor);
      // As many of those with more than their floor as there are extras keep one more.
      if (held > floor && extras > 0) {
        stay++;
        extras--;
      }
    }
    assertThat(cluster.plan().moves()).hasSize(buckets - stay);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void planDoesNotDependOnTheOrderOfItsInput(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int replicas,
      @ForAll @IntRange(min = 1, max = 20) int controllers,
      @ForAll @IntRange(min = 1, max = 300) int buckets,
      @ForAll boolean parts) {
    Cluster cluster = new Cluster(seed, controllers, buckets);
    cluster.join(replicas, parts);
    cluster.scatter(1);
    List<Candidate> shuffled = new ArrayList<>(cluster.candidates);
    Collections.shuffle(shuffled, cluster.random);
    List<Map.Entry<Bucket, String>> entries = new ArrayList<>(cluster.holders.entrySet());
    Collections.shuffle(entries, cluster.random);
    Map<Bucket, String> reordered = new LinkedHashMap<>();
    entries.forEach(entry -> reordered.put(entry.getKey(), entry.getValue()));
    assertThat(Allocation.plan(shuffled, reordered)).isEqualTo(cluster.plan());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void partOfAPlanCarriedOutLeavesNoMoreMovesThanTheRest(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int replicas,
      @ForAll @IntRange(min = 1, max = 20) int controllers,
      @ForAll @IntRange(min = 1, max = 300) int buckets,
      @ForAll boolean parts) {
    Cluster cluster = new Cluster(seed, controllers, buckets);
    cluster.join(replicas, parts);
    cluster.scatter(1);
    Plan plan = cluster.plan();
    int done = cluster.carryOut(plan, cluster.random.nextDouble());
    assertThat(cluster.plan().moves()).hasSizeLessThanOrEqualTo(plan.moves().size() - done);
  }

  private static void assertBestByTrial(Cluster cluster) {
    Plan plan = cluster.plan();
    BestByTrial best = new BestByTrial(cluster);
    assertGuarantees(cluster, plan);
    assertThat(cluster.unevenness(plan))
        .as("unevenness, %s", cluster)
        .isEqualTo(best.leastUneven());
    assertThat(plan.moves()).as("moves, %s", cluster).hasSize(best.fewestMoves());
  }

  private static void assertGuarantees(Cluster cluster, Plan plan) {
    assertSharesAreFloorOrCeiling(cluster, plan);
    assertNoExtraEvensOutTotals(cluster, plan);
    assertMovesAreTheDifference(cluster, plan);
    assertHoldersKeepWhatTheyMay(cluster, plan);
    Plan again = Allocation.plan(cluster.candidates, plan.owners());
    assertThat(again.moves()).as("moves after the plan").isEmpty();
    assertThat(again.owners().equals(plan.owners())).as("same owners after the plan").isTrue();
  }

  private static void assertSharesAreFloorOrCeiling(Cluster cluster, Plan plan) {
    Map<Bucket, Map<String, Integer>> shares = Cluster.shares(plan.owners());
    List<String> wrong = new ArrayList<>();
    int buckets = 0;
    for (Map.Entry<Bucket, List<String>> layout : cluster.eligible().entrySet()) {
      int count = layout.getKey().count();
      int floor = count / layout.getValue().size();
      int ceiling = floor + (count % layout.getValue().size() == 0 ? 0 : 1);
      Map<String, Integer> share = new HashMap<>(shares.getOrDefault(layout.getKey(), Map.of()));
      for (String uid : layout.getValue()) {
        Integer got = share.remove(uid);
        if (got == null ? floor > 0 : got < floor || got > ceiling) {
          wrong.add("%s has %s of %s".formatted(uid, got, layout.getKey()));
        }
      }
      if (!share.isEmpty()) {
        wrong.add("%s are not eligible for %s".formatted(share, layout.getKey()));
      }
      buckets += count;
    }
    assertThat(wrong).isEmpty();
    assertThat(plan.owners()).hasSize(buckets);
  }

  /**
   * If some run what others don't, totals can differ by more than one; but of those that share a
   * layout nobody with one more of it leads two more in all than somebody with one less.
   */
  private static void assertNoExtraEvensOutTotals(Cluster cluster, Plan plan) {
    Map<Bucket, Map<String, Integer>> shares = Cluster.shares(plan.owners());
    Map<String, Integer> totals = cluster.totals(plan);
    List<String> wrong = new ArrayList<>();
    cluster
        .eligible()
        .forEach(
            (layout, uids) -> {
              Map<String, Integer> share = shares.getOrDefault(layout, Map.of());
              int floor = layout.count() / uids.size();
              int most = Integer.MIN_VALUE;
              int least = Integer.MAX_VALUE;
              for (String uid : uids) {
                int total = totals.getOrDefault(uid, 0);
                if (share.getOrDefault(uid, 0) > floor) {
                  most = Math.max(most, total);
                } else {
                  least = Math.min(least, total);
                }
              }
              if ((long) most - least > 1) {
                wrong.add("%s: %d and %d".formatted(layout, most, least));
              }
            });
    assertThat(wrong).isEmpty();
  }

  private static void assertTotalsAreWithinOne(Cluster cluster, Plan plan) {
    Map<String, Integer> totals = cluster.totals(plan);
    assertThat(Collections.max(totals.values()) - Collections.min(totals.values()))
        .isLessThanOrEqualTo(1);
  }

  private static void assertMovesAreTheDifference(Cluster cluster, Plan plan) {
    List<Plan.Move> difference = new ArrayList<>();
    plan.owners()
        .forEach(
            (bucket, to) -> {
              String from = cluster.holders.get(bucket);
              if (!to.equals(from)) {
                difference.add(new Plan.Move(bucket, Optional.ofNullable(from), to));
              }
            });
    assertThat(plan.moves().equals(difference)).as("moves are the difference").isTrue();
  }

  /**
   * Up to its quota a holder keeps everything, so only the excess and what nobody may hold moves.
   */
  private static void assertHoldersKeepWhatTheyMay(Cluster cluster, Plan plan) {
    Map<Bucket, Map<String, Integer>> held = Cluster.shares(cluster.holders);
    int kept = 0;
    for (Map.Entry<Bucket, Map<String, Integer>> layout :
        Cluster.shares(plan.owners()).entrySet()) {
      Map<String, Integer> before = held.getOrDefault(layout.getKey(), Map.of());
      for (Map.Entry<String, Integer> quota : layout.getValue().entrySet()) {
        kept += Math.min(before.getOrDefault(quota.getKey(), 0), quota.getValue());
      }
    }
    assertThat(plan.owners().size() - plan.moves().size()).isEqualTo(kept);
  }
}
