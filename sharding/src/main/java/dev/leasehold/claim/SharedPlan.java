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
    plan = next(candidates, beingTaken);
    if (plan.moves().isEmpty()) {
      restNanos = nanos;
    }
    Set<String> takersBefore = takers;
    takers = takers(nanos);
    return new News(everything, everything ? List.of() : changed(before, takersBefore));
  }

  private Set<String> takers(long nanos) {
    Plan moving = calm.allowsMoves(nanos) ? plan : NOTHING;
    Set<String> staying = planned.stream().map(Candidate::uid).collect(Collectors.toSet());
    turns.take(
        moving,
        holder -> view.members().standing(holder, nanos) == Standing.RESPECTED,
        staying::contains,
        nanos);
    return membership.self().map(self -> turns.takersFrom(self.uid())).orElse(Set.of());
  }

  private List<Bucket> changed(Plan before, Set<String> takersBefore) {
    return plan.owners().entrySet().stream()
        .filter(
            owner ->
                !owner.getValue().equals(before.owners().get(owner.getKey()))
                    || (takers.contains(owner.getValue())
                        && !takersBefore.contains(owner.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a bucket that this replica leads may be moved as planned, now. */
  boolean allowsMove(Bucket bucket, long nanos) {
    return calm.allowsMoves(nanos) && plan.ownerOf(bucket).filter(takers::contains).isPresent();
  }

  /** When the plan must be made anew though nothing happens; {@link Long#MAX_VALUE} for never. */
  long wakeAt(long nanos) {
    return Agenda.sooner(calm.wakeAt(nanos), turns.wakeAt());
  }

  /** Whether the member has come since the plan was last carried out. */
  boolean isNewcomer(String uid) {
    return calm.cameSince(uid, restNanos);
  }

  /** The member that is to lead the bucket; null if nobody can. */
  @Nullable Successor ownerOf(Bucket bucket) {
    String uid = plan.ownerOf(bucket).orElse(null);
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

  /** The holders of whose buckets at least one is to go to that member. */
  Set<String> holdersGivingTo(String heir) {
    Set<String> holders = new HashSet<>();
    view.holders()
        .forEach(
            (bucket, holder) -> {
              if (isFor(bucket, heir)) {
                holders.add(holder);
              }
            });
    return holders;
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
  private Plan next(List<Candidate> candidates, Set<Bucket> beingTaken) {
    Map<Bucket, String> holders = view.holders();
    membership.self().ifPresent(self -> beingTaken.forEach(b -> holders.put(b, self.uid())));
    return Allocation.plan(candidates, holders);
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
