package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.member.MemberSight;
import dev.leasehold.member.MemberState;
import dev.leasehold.member.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plan of who leads what, as this replica makes it from what everybody sees.
 *
 * <p>Two replicas whose views differ for a moment may plan differently; the Leases decide then.
 * Confined to the election loop.
 */
final class SharedPlan {

  private static final Plan NOTHING = new Plan(Map.of(), List.of());

  private final ClusterView view;
  private final Membership membership;
  private final Calm calm;
  private final Turns turns;
  private Plan plan = NOTHING;
  private List<Candidate> planned = List.of();

  /** The plan for what nobody leads, once somebody has asked for it. */
  private @Nullable Plan heirs;

  /** Who is counted on in that one. */
  private List<Candidate> seasoned = List.of();

  /** Who holds what, as both plans have it. */
  private Map<Bucket, String> holders = Map.of();

  /** When the next of the candidates will be seasoned. */
  private long seasonedNanos = Long.MAX_VALUE;

  /** When the next of the candidates will have stayed for long enough. */
  private long trustedNanos = Long.MAX_VALUE;

  private Stale stale = Stale.EVERYTHING;

  /** The members to whom it is this replica's turn to give what the plan gives them. */
  private Set<String> takers = Set.of();

  /** When the plan last had nothing left to move. */
  private long restNanos;

  /** What of all that it was made of has changed. */
  private enum Stale {
    NOTHING,
    HOLDERS,
    EVERYTHING
  }

  SharedPlan(ClusterView view, Membership membership, Calm calm, Turns turns, long nanos) {
    this.view = view;
    this.membership = membership;
    this.calm = calm;
    this.turns = turns;
    this.restNanos = nanos;
  }

  /** Says that what it was made of has changed, or the time has come to look at all of it. */
  void invalidate() {
    stale = Stale.EVERYTHING;
  }

  /** Says that a bucket has another holder, and nothing else has changed. */
  void holdersChanged() {
    if (stale == Stale.NOTHING) {
      stale = Stale.HOLDERS;
    }
  }

  /**
   * What a look at the plan has brought.
   *
   * @param everything whether about any bucket something else may be decided now
   * @param buckets if not, those about which it may: they have another owner-to-be, or it has
   *     become this replica's turn to give them away
   */
  record News(boolean everything, List<Bucket> buckets) {

    private static final News NONE = new News(false, List.of());
  }

  /** Plans anew if need be. */
  News refresh(long nanos, Set<Bucket> beingTaken) {
    if (stale == Stale.NOTHING) {
      return News.NONE;
    }
    List<Candidate> candidates = candidates(nanos);
    boolean everything = stale == Stale.EVERYTHING || !candidates.equals(planned);
    stale = Stale.NOTHING;
    planned = candidates;
    calm.take(candidates, nanos);
    Plan before = plan;
    Plan heirsBefore = heirs;
    holders = holders(beingTaken);
    plan = Allocation.plan(candidates, holders);
    season(candidates, nanos);
    if (plan.moves().isEmpty()) {
      restNanos = nanos;
    }
    Set<String> takersBefore = takers;
    takers = takers(nanos);
    if (everything) {
      return new News(true, List.of());
    }
    Set<Bucket> changed = changed(before, takersBefore);
    if (heirsBefore != null) {
      changed.addAll(differences(heirsBefore, heirs()));
    }
    return new News(false, List.copyOf(changed));
  }

  /**
   * Of a bucket that it first saw in a list a newcomer doesn't know what was before, so it has to
   * wait for as long as any term may last, where the others needn't. So what nobody leads is left
   * to those that have been there for that long, if there are any.
   */
  private void season(List<Candidate> candidates, long nanos) {
    heirs = null;
    seasonedNanos = Long.MAX_VALUE;
    List<Candidate> able = new ArrayList<>();
    for (Candidate candidate : candidates) {
      long from = view.members().seasonedAt(candidate.uid());
      if (nanos - from >= 0) {
        able.add(candidate);
      } else {
        seasonedNanos = Agenda.sooner(seasonedNanos, from);
      }
    }
    seasoned = able.isEmpty() ? candidates : able;
  }

  private Plan heirs() {
    Plan current = heirs;
    if (current == null) {
      current = seasoned.size() == planned.size() ? plan : Allocation.plan(seasoned, holders);
      heirs = current;
    }
    return current;
  }

  private Set<String> takers(long nanos) {
    trustedNanos = Long.MAX_VALUE;
    Plan moving = calm.allowsMoves(nanos) ? toTrusted(nanos) : NOTHING;
    Set<String> staying = planned.stream().map(Candidate::uid).collect(Collectors.toSet());
    turns.take(
        moving,
        holder -> view.members().standing(holder, nanos) == Standing.RESPECTED,
        staying::contains,
        nanos);
    return membership.self().map(self -> turns.takersFrom(self.uid())).orElse(Set.of());
  }

  /** The moves to those that have stayed for long enough. */
  private Plan toTrusted(long nanos) {
    Set<String> trusted = new HashSet<>();
    for (Candidate candidate : planned) {
      String uid = candidate.uid();
      long from = calm.trustedAt(uid, view.members().patience(uid, nanos));
      if (nanos - from >= 0) {
        trusted.add(uid);
      } else {
        trustedNanos = Agenda.sooner(trustedNanos, from);
      }
    }
    return trusted.size() == planned.size()
        ? plan
        : new Plan(
            plan.owners(), plan.moves().stream().filter(m -> trusted.contains(m.to())).toList());
  }

  private Set<Bucket> changed(Plan before, Set<String> takersBefore) {
    Set<Bucket> changed = differences(before, plan);
    Set<String> begun = new HashSet<>(takers);
    begun.removeAll(takersBefore);
    for (Plan.Move move : begun.isEmpty() ? List.<Plan.Move>of() : plan.moves()) {
      if (begun.contains(move.to())) {
        changed.add(move.bucket());
      }
    }
    return changed;
  }

  private static Set<Bucket> differences(Plan before, Plan after) {
    Set<Bucket> different = new HashSet<>();
    after
        .owners()
        .forEach(
            (bucket, owner) -> {
              if (!owner.equals(before.owners().get(bucket))) {
                different.add(bucket);
              }
            });
    return different;
  }

  /** Whether a bucket that this replica leads may be moved as planned, now. */
  boolean allowsMove(Bucket bucket, long nanos) {
    return calm.allowsMoves(nanos) && plan.ownerOf(bucket).filter(takers::contains).isPresent();
  }

  /** When the plan must be made anew though nothing happens; {@link Long#MAX_VALUE} for never. */
  long wakeAt(long nanos) {
    long waiting = Agenda.sooner(seasonedNanos, trustedNanos);
    return Agenda.sooner(Agenda.sooner(calm.wakeAt(nanos), turns.wakeAt()), waiting);
  }

  /** Whether the member has come since the plan was last carried out. */
  boolean isNewcomer(String uid) {
    return calm.cameSince(uid, restNanos);
  }

  /** The member that is to lead a bucket that somebody leads; null if nobody can. */
  @Nullable Successor ownerOf(Bucket bucket) {
    return successor(plan.ownerOf(bucket).orElse(null));
  }

  /** The member that is to take a bucket that nobody leads; null if nobody can. */
  @Nullable Successor heirOf(Bucket bucket) {
    return successor(heirs().ownerOf(bucket).orElse(null));
  }

  private @Nullable Successor successor(@Nullable String uid) {
    MemberSight member = uid == null ? null : view.members().withUid(uid);
    return member == null
        ? null
        : new Successor(
            member.uid(),
            member.lock().name(),
            member.identity(),
            (int) Duration.ofNanos(member.durationNanos()).toSeconds());
  }

  /** Whether the plan gives the bucket to the member of that uid. */
  boolean isFor(Bucket bucket, String uid) {
    return plan.ownerOf(bucket).filter(uid::equals).isPresent();
  }

  /** The holders of whose buckets at least one would go to that member if they were dead. */
  Set<String> holdersLeavingTo(String heir) {
    Set<String> leaving = new HashSet<>();
    view.holders()
        .forEach(
            (bucket, holder) -> {
              if (heirs().ownerOf(bucket).filter(heir::equals).isPresent()) {
                leaving.add(holder);
              }
            });
    return leaving;
  }

  /** What this replica's own Lease says of its state, as everybody sees it; null without one. */
  @Nullable MemberState ownState() {
    MemberSight seen =
        membership.self().map(self -> view.members().withUid(self.uid())).orElse(null);
    return seen == null ? null : seen.info().state();
  }

  /**
   * What this replica is taking at this moment counts as its own: of equally good plans one made
   * halfway through may pick another owner, and a bucket too many would be taken. It counts no
   * longer than the request is under way, since the others don't see it.
   */
  private Map<Bucket, String> holders(Set<Bucket> beingTaken) {
    Map<Bucket, String> held = view.holders();
    membership.self().ifPresent(self -> beingTaken.forEach(b -> held.put(b, self.uid())));
    return held;
  }

  /** All members that take buckets, this one among them. */
  private List<Candidate> candidates(long nanos) {
    List<Candidate> candidates = new ArrayList<>();
    String self = membership.self().map(Membership.Self::uid).orElse("");
    Set<String> over = new HashSet<>(membership.earlierLives());
    view.members().all().forEach(member -> over.addAll(member.info().earlierLives()));
    for (MemberSight member : view.members().all()) {
      // Also this one by what its Lease says: what it has announced and the others can't have seen
      // would make its plan differ from theirs, and buckets go to and fro.
      boolean ready = member.info().state() == MemberState.READY;
      boolean live = member.uid().equals(self) || member.isLive(nanos);
      if (ready && live && !over.contains(member.uid())) {
        candidates.add(new Candidate(member.uid(), member.info().controllers()));
      }
    }
    return candidates;
  }
}
