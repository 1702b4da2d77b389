package dev.leasehold.claim;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When buckets that somebody leads are moved to follow a plan: in calm times, to members that have
 * stayed for long enough, and to each of them by one giver after the other.
 *
 * <p>Each replica decides this for what it leads, so it needs no agreement. Confined to the
 * election loop.
 */
final class Pace {

  private final Calm calm;
  private final Turns turns;
  private final KnownMembers members;

  /** The members to whom it is this replica's turn to give what the plan gives them. */
  private Set<String> takers = Set.of();

  /** When the next of the candidates will have stayed for long enough. */
  private long trustedNanos = Long.MAX_VALUE;

  Pace(Calm calm, Turns turns, KnownMembers members) {
    this.calm = calm;
    this.turns = turns;
    this.members = members;
  }

  /**
   * Takes in a plan.
   *
   * @param candidates who is counted on in it
   * @param self the uid of this replica's member; null for none
   * @return the members to whom it has become its turn to give
   */
  Set<String> take(Plan plan, List<Candidate> candidates, @Nullable String self, long nanos) {
    calm.take(candidates, nanos);
    trustedNanos = Long.MAX_VALUE;
    Plan moving = calm.allowsMoves(nanos) ? toTrusted(plan, candidates, nanos) : Plan.NOTHING;
    Set<String> staying = candidates.stream().map(Candidate::uid).collect(Collectors.toSet());
    turns.take(
        moving,
        holder -> members.standing(holder, nanos) == Standing.RESPECTED,
        staying::contains,
        nanos);
    Set<String> begun = new HashSet<>(turns.takersFrom(self));
    begun.removeAll(takers);
    takers = turns.takersFrom(self);
    return begun;
  }

  /** The plan with the moves to those alone that have stayed for long enough. */
  private Plan toTrusted(Plan plan, List<Candidate> candidates, long nanos) {
    Set<String> trusted = new HashSet<>();
    for (Candidate candidate : candidates) {
      String uid = candidate.uid();
      long from = calm.trustedAt(uid, members.patience(uid, nanos));
      if (nanos - from >= 0) {
        trusted.add(uid);
      } else {
        trustedNanos = Agenda.sooner(trustedNanos, from);
      }
    }
    return trusted.size() == candidates.size()
        ? plan
        : new Plan(
            plan.owners(), plan.moves().stream().filter(m -> trusted.contains(m.to())).toList());
  }

  /** Whether this replica may give that member, now, what the plan gives it. */
  boolean allowsMovesTo(String taker, long nanos) {
    return calm.allowsMoves(nanos) && takers.contains(taker);
  }

  /** Whether the candidate came at or after that time. */
  boolean cameSince(String uid, long nanos) {
    return calm.cameSince(uid, nanos);
  }

  /** When to take the plan in again though nothing happens; the maximum for never. */
  long wakeAt(long nanos) {
    return Agenda.sooner(Agenda.sooner(calm.wakeAt(nanos), turns.wakeAt()), trustedNanos);
  }
}
