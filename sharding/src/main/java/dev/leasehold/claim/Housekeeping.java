package dev.leasehold.claim;

import dev.leasehold.lock.LockStore;
import dev.leasehold.member.MemberSight;
import dev.leasehold.member.Membership;
import dev.leasehold.time.EventLoop;
import java.time.Duration;

/**
 * What the living do about the Leases that the dead and the past leave behind. One of them does
 * what concerns nobody in particular: of the live members the one with the smallest uid.
 *
 * <p>Confined to the election loop.
 */
final class Housekeeping {

  /** So many looks in a retry period at most, while buckets change hands. */
  private static final int SOON = 10;

  private final ClusterView view;
  private final Membership membership;
  private final SharedPlan plan;
  private final Graveyard graveyard;
  private final Leftovers leftovers;
  private final long soonNanos;
  private long nextNanos = Long.MAX_VALUE;

  Housekeeping(
      EventLoop loop,
      LockStore store,
      ClusterView view,
      Membership membership,
      SharedPlan plan,
      Duration retryPeriod) {
    this.view = view;
    this.membership = membership;
    this.plan = plan;
    this.graveyard = new Graveyard(loop, store, view, retryPeriod);
    this.leftovers = new Leftovers(store, view, retryPeriod);
    this.soonNanos = retryPeriod.dividedBy(SOON).toNanos();
  }

  /** Looks at everything and does what is due; returns when something will be due again. */
  long tend(long nanos) {
    nextNanos = tendNow(nanos);
    return nextNanos;
  }

  /**
   * Looks at everything only if something is due, as no member has changed.
   *
   * @param bucketsChanged whether buckets have; then it looks soon, rather than after each of many
   *     that change hands together
   * @return when something will be due again
   */
  long tendIfDue(boolean bucketsChanged, long nanos) {
    if (bucketsChanged) {
      nextNanos = Agenda.sooner(nextNanos, nanos + soonNanos);
    }
    boolean due = nextNanos != Long.MAX_VALUE && nanos - nextNanos >= 0;
    return due ? tend(nanos) : nextNanos;
  }

  private long tendNow(long nanos) {
    Membership.Self self = membership.self().orElse(null);
    if (self == null || !self.term().isValid()) {
      return Long.MAX_VALUE;
    }
    boolean janitor =
        view.members().all().stream()
            .filter(member -> member.isLive(nanos))
            .map(MemberSight::uid)
            .min(String::compareTo)
            .filter(self.uid()::equals)
            .isPresent();
    return Agenda.sooner(
        graveyard.tend(self.identity(), () -> plan.holdersLeavingTo(self.uid()), janitor),
        leftovers.tend(janitor, nanos));
  }
}
