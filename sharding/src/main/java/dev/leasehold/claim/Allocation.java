package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who should lead which bucket, from what every replica sees: the ready members, what each
 * can run, and the present holders.
 *
 * <p>A <em>layout</em> is a controller with a bucket count. Its buckets are shared by the
 * candidates that announce exactly this controller and count, the eligible ones. For every input:
 *
 * <ol>
 *   <li>Each eligible candidate gets the floor or the ceiling of its even share of each layout.
 *   <li>Under 1, candidates' totals are as even as can be: the sum of their squares is the least
 *       possible, and so the largest total, then the second largest, and so on. If all candidates
 *       run the same, totals differ by one at most.
 *   <li>Under 1 and 2, as few buckets move as possible. A candidate keeps all that it holds up to
 *       its quota and gives away only the excess, highest index first.
 *   <li>The plan depends on nothing but the input, not on its order. Planning again with the plan
 *       carried out moves nothing; with a part of it carried out, no more than the rest.
 * </ol>
 *
 * <p>Not guaranteed: that a plan made when a part of another has been carried out has the same
 * owners (of equally good plans it may choose another one), or that buckets of one controller weigh
 * the same as those of another.
 *
 * <p>How: floors are fixed, so what is to be decided is who gets the {@code count mod eligible}
 * extra buckets of each layout: at most one for each eligible candidate. A bucket stays where it
 * is, one more than otherwise, if the extra goes to a candidate that already holds more than the
 * floor. That is a bipartite matching with degrees, or a flow of least cost with convex costs at
 * the candidates. {@link FirstDraft} makes a good one, and {@link Improvement} makes it optimal.
 */
public final class Allocation {

  private Allocation() {}

  /** A controller and a bucket count. */
  private record LayoutKey(String controller, int count) {
    static final Comparator<LayoutKey> ORDER =
        Comparator.comparing(LayoutKey::controller).thenComparingInt(LayoutKey::count);
  }

  /**
   * Plans who leads what. Pure: it reads its arguments, changes nothing and asks no clock.
   *
   * @param candidates the ready members; none means an empty plan
   * @param holders the uid that holds each bucket now; a bucket that is not in it is free, one
   *     whose uid is no eligible candidate's is taken from it, and one that no candidate runs is
   *     ignored
   * @throws IllegalArgumentException if two candidates have the same uid
   */
  public static Plan plan(Collection<Candidate> candidates, Map<Bucket, String> holders) {
    List<Candidate> members = sorted(candidates);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      numbers.put(members.get(i).uid(), i);
    }

    List<Layout> layouts = new ArrayList<>();
    eligible(members)
        .forEach(
            (key, eligible) ->
                layouts.add(new Layout(key.controller(), key.count(), eligible, numbers, holders)));
    Extras extras = new Extras(layouts, members.size());
    FirstDraft.make(layouts, extras);
    Improvement.toOptimum(extras);

    Map<Bucket, String> owners = new LinkedHashMap<>();
    List<Plan.Move> moves = new ArrayList<>();
    for (Layout layout : layouts) {
      int[] owner = layout.deal();
      for (int index = 0; index < owner.length; index++) {
        Bucket bucket = layout.bucket(index);
        String uid = members.get(owner[index]).uid();
        owners.put(bucket, uid);
        if (owner[index] != layout.holder(index)) {
          moves.add(new Plan.Move(bucket, Optional.ofNullable(holders.get(bucket)), uid));
        }
      }
    }
    return new Plan(owners, moves);
  }

  private static List<Candidate> sorted(Collection<Candidate> candidates) {
    List<Candidate> members = new ArrayList<>(candidates);
    members.sort(Comparator.comparing(Candidate::uid));
    for (int i = 1; i < members.size(); i++) {
      String uid = members.get(i).uid();
      if (uid.equals(members.get(i - 1).uid())) {
        throw new IllegalArgumentException(
            "Two candidates have the uid %s; pass each ready member once.".formatted(uid));
      }
    }
    return members;
  }

  /**
   * The layouts in order, with who is eligible for each. Replicas of one version run the same, so
   * members are first grouped by what they run: then thousands of controllers are looked at once a
   * group, not once a member.
   */
  private static Map<LayoutKey, Eligible> eligible(List<Candidate> members) {
    Map<Map<String, Integer>, BitSet> groups = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      groups.computeIfAbsent(members.get(i).controllers(), c -> new BitSet()).set(i);
    }
    Map<LayoutKey, BitSet> byLayout = new HashMap<>();
    groups.forEach(
        (controllers, group) ->
            controllers.forEach(
                (controller, count) ->
                    byLayout
                        .computeIfAbsent(new LayoutKey(controller, count), k -> new BitSet())
                        .or(group)));

    Map<BitSet, Eligible> shared = new HashMap<>();
    Map<LayoutKey, Eligible> eligible = new LinkedHashMap<>();
    LayoutKey[] keys = byLayout.keySet().toArray(new LayoutKey[0]);
    Arrays.sort(keys, LayoutKey.ORDER);
    for (LayoutKey key : keys) {
      BitSet set = byLayout.getOrDefault(key, new BitSet());
      eligible.put(key, shared.computeIfAbsent(set, s -> Eligible.of(s, members.size())));
    }
    return eligible;
  }
}
