package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is to lead what nobody leads.
 *
 * <p>Of a bucket that it first saw in a list a newcomer doesn't know what was before, so it has to
 * wait for as long as any term may last, where the others needn't. So what nobody leads is left to
 * those that have been there for that long, if there are any.
 *
 * <p>Confined to the election loop.
 */
final class Heirs {

  private final KnownMembers members;
  private Plan everybodys = Plan.NOTHING;
  private List<Candidate> able = List.of();
  private boolean everybodyIsAble;
  private Map<Bucket, String> holders = Map.of();

  /** The plan of those that are able, once somebody has asked for it. */
  private @Nullable Plan plan;

  /** When the next of the candidates will be able. */
  private long wakeAt = Long.MAX_VALUE;

  Heirs(KnownMembers members) {
    this.members = members;
  }

  /**
   * Takes in what the plan of everybody is made of.
   *
   * @param candidates who is counted on in that
   * @param held who holds what
   * @param planned that plan
   */
  void take(List<Candidate> candidates, Map<Bucket, String> held, Plan planned, long nanos) {
    everybodys = planned;
    holders = held;
    plan = null;
    wakeAt = Long.MAX_VALUE;
    List<Candidate> seasoned = new ArrayList<>();
    for (Candidate candidate : candidates) {
      long from = members.seasonedAt(candidate.uid());
      if (nanos - from >= 0) {
        seasoned.add(candidate);
      } else {
        wakeAt = Agenda.sooner(wakeAt, from);
      }
    }
    everybodyIsAble = seasoned.isEmpty() || seasoned.size() == candidates.size();
    able = seasoned;
  }

  /** The member that is to take the bucket; empty if nobody can. */
  Optional<String> of(Bucket bucket) {
    // What only newcomers can run is left to them.
    return plan().ownerOf(bucket).or(() -> everybodys.ownerOf(bucket));
  }

  /** The plan of those that are able, for which what the others hold counts as free. */
  private Plan plan() {
    Plan current = plan;
    if (current == null) {
      current = everybodyIsAble ? everybodys : Allocation.plan(able, holders);
      plan = current;
    }
    return current;
  }

  /** The plan, if somebody has asked for it since it was to be made anew. */
  @Nullable Plan known() {
    return plan;
  }

  /** The buckets whose heir is another than in a plan before; none if nobody asked for that. */
  Set<Bucket> changedSince(@Nullable Plan before) {
    return before == null ? Set.of() : plan().differencesFrom(before);
  }

  /** When to take everything in again though nothing happens; the maximum for never. */
  long wakeAt() {
    return wakeAt;
  }
}
