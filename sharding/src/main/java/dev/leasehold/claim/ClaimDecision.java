package dev.leasehold.claim;

import dev.leasehold.election.Timings;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.time.Now;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a replica does about one bucket: a pure function of what is seen, what is planned
 * and what runs. It may be asked at any time, and says when to ask again.
 *
 * <p>Its order is its safety. What is open closes before anything else is considered; nothing is
 * written about a bucket whose work has not stopped; and a bucket opens only where the version in
 * view names this member's present uid and nobody before it can still be at work.
 */
final class ClaimDecision {

  /**
   * What a bucket is decided on.
   *
   * @param sight its Lease as last seen
   * @param me this replica as a member
   * @param holder how the holder stands
   * @param leftSince since when its planned owner has let it lie, while nobody holds it or its
   *     holder is dead
   * @param holderIsEarlierLife whether this very process was the holder
   * @param planned who is to lead it; null if nobody can
   * @param mayGo whether it may be closed now to be given away
   * @param mayWrite whether a write of it may be sent now
   * @param now the time
   */
  record Facts(
      BucketSight sight,
      Me me,
      Standing holder,
      long leftSince,
      boolean holderIsEarlierLife,
      @Nullable Successor planned,
      boolean mayGo,
      boolean mayWrite,
      Now now) {}

  /**
   * This replica as a member.
   *
   * @param self how a Lease names it; null while it is not a member
   * @param termValid whether its term stands
   * @param started whether everybody may have seen it to be ready: until then it leads nothing,
   *     whoever gave it something, as that is what the others rely on
   * @param takes whether it takes buckets of this controller: it is ready, not leaving, and runs it
   * @param leaving whether it gives everything away
   */
  record Me(
      @Nullable Successor self,
      boolean termValid,
      boolean started,
      boolean takes,
      boolean leaving) {}

  /**
   * What is to be done.
   *
   * @param claim what the replica does about the bucket from now on
   * @param effects to be carried out in this order
   * @param wakeAtNanos when to decide again if nothing else happens
   * @param waitsToWrite whether to decide again once a write may be sent
   */
  record Decision(Claim claim, List<ClaimEffect> effects, long wakeAtNanos, boolean waitsToWrite) {}

  private final BucketRecords records;
  private final Timings timings;
  private final Duration drainTimeout;
  private final Facts facts;
  private final BucketSight sight;
  private final long nanos;
  private final List<ClaimEffect> effects = new ArrayList<>();
  private Claim claim;
  private long wakeAt = Long.MAX_VALUE;
  private boolean waitsToWrite;

  private ClaimDecision(
      Claim claim, Facts facts, BucketRecords records, Timings timings, Duration drainTimeout) {
    this.claim = claim;
    this.facts = facts;
    this.sight = facts.sight();
    this.nanos = facts.now().nanos();
    this.records = records;
    this.timings = timings;
    this.drainTimeout = drainTimeout;
  }

  static Decision decide(
      Claim claim, Facts facts, BucketRecords records, Timings timings, Duration drainTimeout) {
    ClaimDecision decision = new ClaimDecision(claim, facts, records, timings, drainTimeout);
    decision.run();
    return new Decision(decision.claim, decision.effects, decision.wakeAt, decision.waitsToWrite);
  }

  private void run() {
    if (claim.suspectAtNanos() != Long.MAX_VALUE && reached(claim.suspectAtNanos())) {
      effects.add(new ClaimEffect.RefreshFeed());
      if (sight.lock() == null) {
        // There is a Lease, and the watch doesn't show it: somebody has taken its labels away.
        effects.add(new ClaimEffect.RemoveUnseen());
      }
      claim = claim.refreshed(nanos + timings.retryPeriod().toNanos());
    }
    wakeAt(claim.suspectAtNanos());
    switch (claim.work()) {
      case OPEN -> closeIfDue();
      case CLOSING -> interruptIfDue();
      case IDLE -> whileIdle();
    }
  }

  // ---- open ----

  private void closeIfDue() {
    CloseCause cause = closeCause();
    if (cause == null) {
      return;
    }
    effects.add(new ClaimEffect.Close(cause));
    if (cause.isPlanned()) {
      claim = claim.closing(nanos + drainTimeout.toNanos());
      wakeAt(claim.interruptAtNanos());
    } else {
      effects.add(new ClaimEffect.Interrupt());
      claim = claim.closing(nanos).withInterrupt();
    }
  }

  private @Nullable CloseCause closeCause() {
    LockSnapshot lock = sight.lock();
    if (!facts.me().termValid()) {
      return CloseCause.TERM_OVER;
    }
    if (lock == null) {
      return CloseCause.DELETED;
    }
    if (!isMine()) {
      return sight.holderUid().isEmpty() ? CloseCause.EDITED : CloseCause.TAKEN;
    }
    if (lock.version().number() != claim.epoch()) {
      // The holder is still this member, and yet somebody wrote: a new epoch, so begin anew.
      return CloseCause.EDITED;
    }
    if (goesTo() != null) {
      return facts.mayGo() ? CloseCause.HAND_OVER : null;
    }
    return facts.me().leaving() ? CloseCause.RELEASE : null;
  }

  // ---- closing ----

  private void interruptIfDue() {
    if (claim.interrupted()) {
      return;
    }
    boolean lost = !facts.me().termValid() || !isMine();
    if (lost || reached(claim.interruptAtNanos())) {
      effects.add(new ClaimEffect.Interrupt());
      claim = claim.withInterrupt();
    } else {
      wakeAt(claim.interruptAtNanos());
    }
  }

  // ---- idle ----

  private void whileIdle() {
    Successor self = facts.me().self();
    if (self == null || !facts.me().termValid()) {
      return;
    }
    Successor next = goesTo();
    if (isMine()) {
      whileHolding(self);
    } else if (facts.holderIsEarlierLife() && next != null) {
      // This process led it as an earlier member and knows that the work has stopped.
      if (reached(sight.clearAtNanos())) {
        write(records.held(sight, next, sight.holderUid(), facts.now().wallMillis()));
      } else {
        wakeAt(sight.clearAtNanos());
      }
    } else if (mayTake(self)) {
      // To itself it hands it over as to anybody else, so that nobody has to wait anything out.
      String earlier = facts.holderIsEarlierLife() ? sight.holderUid() : "";
      write(records.held(sight, self, earlier, facts.now().wallMillis()));
    }
  }

  private void whileHolding(Successor self) {
    if (!reached(sight.clearAtNanos())) {
      // Somebody else may still be at work: neither open it nor give it away.
      wakeAt(sight.clearAtNanos());
      return;
    }
    Successor next = goesTo();
    long wall = facts.now().wallMillis();
    LockSnapshot lock = sight.lock();
    boolean givesUp = facts.me().leaving() || !facts.me().started();
    if (next != null && (givesUp || facts.mayGo())) {
      write(records.held(sight, next, sight.holderUid(), wall));
    } else if (givesUp) {
      write(records.released(sight, wall));
    } else if (claim.unsettled() == sight.sighting() || isMisnamed(self)) {
      // A swap to somebody else may still arrive; only a newer version rules that out. And a name
      // that an outsider has put there would mislead people for as long as the bucket stays here.
      write(records.held(sight, self, "", wall));
    } else if (lock != null) {
      long epoch = lock.version().number();
      effects.add(new ClaimEffect.Open(epoch));
      claim = claim.opened(epoch);
    }
  }

  private boolean mayTake(Successor self) {
    if (sight.displacedUid().equals(self.uid())) {
      // An outsider put this member off its own bucket; until its term runs out nobody else can
      // have taken it, so it takes it back, whatever is planned.
      return true;
    }
    boolean nobodyElse =
        sight.holderUid().isEmpty()
            || facts.holderIsEarlierLife()
            || facts.holder() == Standing.DEAD;
    if (!nobodyElse || !facts.me().takes()) {
      return false;
    }
    // Whoever the plan names takes it at once; if that one leaves it, anybody may. An absent Lease
    // is left for a shorter time: its planned owner may have to wait where this replica needn't.
    long free = sight.clearAtNanos();
    boolean planned = facts.planned() != null && facts.planned().uid().equals(self.uid());
    Duration grace = sight.lock() == null ? timings.retryPeriod() : timings.leaseDuration();
    long from = planned ? free : BucketSight.later(free, facts.leftSince()) + grace.toNanos();
    if (!reached(from)) {
      wakeAt(from);
      return false;
    }
    return true;
  }

  // ---- shared ----

  private boolean isMine() {
    Successor self = facts.me().self();
    return self != null && !sight.holderUid().isEmpty() && sight.holderUid().equals(self.uid());
  }

  /** Whether what it holds shows another name; the uid is what counts. */
  private boolean isMisnamed(Successor self) {
    LockSnapshot lock = sight.lock();
    return lock != null && !lock.record().holder().equals(self.identity());
  }

  /** The other member that the plan gives this bucket to; null if it is to stay. */
  private @Nullable Successor goesTo() {
    Successor planned = facts.planned();
    Successor self = facts.me().self();
    if (planned == null || self == null || planned.uid().equals(self.uid())) {
      return null;
    }
    return wouldBounce(planned) ? null : planned;
  }

  /**
   * Whether the bucket would go straight back to who gave it. Plans agree sooner or later, since
   * they are made of what everybody sees; until then a bucket must not fly to and fro.
   */
  private boolean wouldBounce(Successor planned) {
    LockSnapshot lock = sight.lock();
    if (lock == null || !isMine() || !facts.me().takes()) {
      return false;
    }
    long settled = sight.sightedNanos() + timings.leaseDuration().toNanos();
    if (!BucketRecords.isHandedOverBy(lock.record(), planned.uid()) || reached(settled)) {
      return false;
    }
    wakeAt(settled);
    return true;
  }

  private void write(LockRecord record) {
    if (claim.inFlight() || claim.suspectAtNanos() != Long.MAX_VALUE) {
      // Until the last write is seen, another could only be built on what that one replaced.
      return;
    }
    if (!reached(claim.nextTryNanos())) {
      wakeAt(claim.nextTryNanos());
      return;
    }
    if (!facts.mayWrite()) {
      waitsToWrite = true;
      return;
    }
    effects.add(new ClaimEffect.Write(sight.lock(), record));
    claim = claim.sent(sight.sighting(), nanos + timings.retryPeriod().toNanos());
  }

  /** How long an echo may take before the watch counts as dead. */
  static long patienceNanos(Timings timings) {
    return Math.max(
        timings.retryPeriod().toNanos(), timings.renewDeadline().dividedBy(2).toNanos());
  }

  private boolean reached(long at) {
    return nanos - at >= 0;
  }

  private void wakeAt(long at) {
    if (at != Long.MAX_VALUE && (wakeAt == Long.MAX_VALUE || at - wakeAt < 0)) {
      wakeAt = at;
    }
  }
}
