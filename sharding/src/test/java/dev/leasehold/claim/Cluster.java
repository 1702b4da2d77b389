package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Candidates and holders with a history, made from a seed; and the shares of a plan for them. */
final class Cluster {

  final Random random;
  final Map<String, Integer> controllers = new TreeMap<>();
  final List<Candidate> candidates = new ArrayList<>();
  final Map<Bucket, String> holders = new HashMap<>();
  private int born;

  /** Controllers with that many buckets in all, by random cuts; nobody runs them yet. */
  Cluster(long seed, int controllers, int buckets) {
    random = new Random(seed);
    int[] cuts =
        IntStream.concat(
                IntStream.of(0, buckets),
                random.ints(Math.min(controllers, buckets) - 1L, 1, buckets + 1))
            .sorted()
            .toArray();
    for (int i = 1; i < cuts.length; i++) {
      int count = Math.min(cuts[i] - cuts[i - 1], Bucket.MAX_COUNT);
      if (count > 0) {
        this.controllers.put("controller-" + i, count);
      }
    }
  }

  /** Candidates that all run everything, or each a part of it. */
  void join(int number, boolean parts) {
    if (parts) {
      joinWithParts(number);
    } else {
      join(number);
    }
  }

  /** Candidates that all run everything. */
  void join(int number) {
    for (int i = 0; i < number; i++) {
      candidates.add(new Candidate(newUid(), controllers));
    }
  }

  /** Candidates that each run a random part, and some of it with another count. */
  void joinWithParts(int number) {
    for (int i = 0; i < number; i++) {
      Map<String, Integer> part = new HashMap<>();
      controllers.forEach(
          (controller, count) -> {
            int dice = random.nextInt(8);
            if (dice < 6) {
              part.put(controller, dice == 0 ? count % Bucket.MAX_COUNT + 1 : count);
            }
          });
      candidates.add(new Candidate(newUid(), part));
    }
  }

  private String newUid() {
    // In no order of birth, as uids are.
    return "%08x-%d".formatted(random.nextInt(), born++);
  }

  void leave(int number) {
    Collections.shuffle(candidates, random);
    candidates.subList(0, Math.min(number, candidates.size() - 1)).clear();
  }

  /**
   * Every bucket gets a holder: a candidate, more often an early one the larger the skew, or
   * nobody, or a dead one.
   */
  void scatter(int skew) {
    for (Bucket bucket : Allocation.plan(candidates, Map.of()).owners().keySet()) {
      int holder = random.nextInt(candidates.size() + 1);
      for (int i = 0; i < skew; i++) {
        holder = Math.min(holder, random.nextInt(candidates.size() + 1));
      }
      if (holder < candidates.size()) {
        holders.put(bucket, candidates.get(holder).uid());
      } else if (random.nextBoolean()) {
        holders.put(bucket, "dead");
      } else {
        holders.remove(bucket);
      }
    }
  }

  Plan plan() {
    return Allocation.plan(candidates, holders);
  }

  /** Carries out each move of a plan with that probability; returns how many it were. */
  int carryOut(Plan plan, double probability) {
    int done = 0;
    for (Plan.Move move : plan.moves()) {
      if (random.nextDouble() < probability) {
        holders.put(move.bucket(), move.to());
        done++;
      }
    }
    return done;
  }

  /** Who shares the buckets of each layout; a layout is named by its bucket 0. */
  Map<Bucket, List<String>> eligible() {
    Map<Bucket, List<String>> eligible = new TreeMap<>();
    for (Candidate candidate : candidates) {
      candidate
          .controllers()
          .forEach(
              (controller, count) ->
                  eligible
                      .computeIfAbsent(new Bucket(controller, 0, count), b -> new ArrayList<>())
                      .add(candidate.uid()));
    }
    return eligible;
  }

  /** How many buckets of each layout each uid has. */
  static Map<Bucket, Map<String, Integer>> shares(Map<Bucket, String> owners) {
    Map<Bucket, Map<String, Integer>> shares = new HashMap<>();
    owners.forEach(
        (bucket, uid) ->
            shares
                .computeIfAbsent(
                    new Bucket(bucket.controller(), 0, bucket.count()), b -> new HashMap<>())
                .merge(uid, 1, Integer::sum));
    return shares;
  }

  /** How many buckets each candidate has in all. */
  Map<String, Integer> totals(Plan plan) {
    Map<String, Integer> totals = new HashMap<>();
    candidates.forEach(candidate -> totals.put(candidate.uid(), 0));
    plan.owners().values().forEach(uid -> totals.merge(uid, 1, Integer::sum));
    return totals;
  }

  /** The sum of the squares of totals: the less, the more even. */
  long unevenness(Plan plan) {
    return totals(plan).values().stream().mapToLong(total -> (long) total * total).sum();
  }

  @Override
  public String toString() {
    return "candidates %s, holders %s".formatted(candidates, new TreeMap<>(holders));
  }
}
