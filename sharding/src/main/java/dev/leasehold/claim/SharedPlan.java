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
import org.jspecify.annotations.Nullable;

/**
 * The plan of who leads what, as this replica makes it from what everybody sees.
 *
 * <p>Two replicas whose views differ for a moment may plan differently; the Leases decide then.
 * Confined to the election loop.
 */
final class SharedPlan {

  private final ClusterView view;
  private final Membership membership;
  private final Pace pace;
  private final Heirs heirs;
  private Plan plan = Plan.NOTHING;
  private List<Candidate> planned = List.of();
  private Stale stale = Stale.EVERYTHING;

  /** When the plan last had nothing left to move. */
  private long restNanos;

  /** What of all that it was made of has changed. */
  private enum Stale {
    NOTHING,
    HOLDERS,
    EVERYTHING
  }

  SharedPlan(ClusterView view, Membership membership, Pace pace, long nanos) {
    this.view = view;
    this.membership = membership;
    this.pace = pace;
    this.heirs = new Heirs(view.members());
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
    Plan before = plan;
    Plan heirsBefore = heirs.known();
    Map<Bucket, String> holders = holders(beingTaken);
    plan = Allocation.plan(candidates, holders);
    heirs.take(candidates, holders, plan, nanos);
    if (plan.moves().isEmpty()) {
      restNanos = nanos;
    }
    String self = membership.self().map(Membership.Self::uid).orElse(null);
    Set<String> begun = pace.take(plan, candidates, self, nanos);
    if (everything) {
      return new News(true, List.of());
    }
    Set<Bucket> changed = plan.differencesFrom(before);
    changed.addAll(heirs.changedSince(heirsBefore));
    if (!begun.isEmpty()) {
      plan.moves().stream()
          .filter(move -> begun.contains(move.to()))
          .forEach(move -> changed.add(move.bucket()));
    }
    return new News(false, List.copyOf(changed));
  }

  /** Whether a bucket that this replica leads may be moved as planned, now. */
  boolean allowsMove(Bucket bucket, long nanos) {
    return plan.ownerOf(bucket).filter(to -> pace.allowsMovesTo(to, nanos)).isPresent();
  }

  /** When the plan must be made anew though nothing happens; {@link Long#MAX_VALUE} for never. */
  long wakeAt(long nanos) {
    return Agenda.sooner(pace.wakeAt(nanos), heirs.wakeAt());
  }

  /** Whether the member has come since the plan was last carried out. */
  boolean isNewcomer(String uid) {
    return pace.cameSince(uid, restNanos);
  }

  /** The member that is to lead a bucket that somebody leads; null if nobody can. */
  @Nullable Successor ownerOf(Bucket bucket) {
    return successor(plan.ownerOf(bucket).orElse(null));
  }

  /** The member that is to take a bucket that nobody leads; null if nobody can. */
  @Nullable Successor heirOf(Bucket bucket) {
    return successor(heirs.of(bucket).orElse(null));
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
              if (heirs.of(bucket).filter(heir::equals).isPresent()) {
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
