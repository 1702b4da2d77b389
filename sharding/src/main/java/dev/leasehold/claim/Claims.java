package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.member.MemberState;
import dev.leasehold.member.Membership;
import dev.leasehold.time.EventLoop;
import dev.leasehold.time.Now;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Carries out what is decided about each bucket of this replica's controllers.
 *
 * <p>Confined to the election loop.
 */
final class Claims {

  private final EventLoop loop;
  private final ShardSettings settings;
  private final BucketRecords records;
  private final ClusterView view;
  private final Membership membership;
  private final SharedPlan plan;
  private final Throttle throttle;
  private final HandOvers handOvers;
  private final LedBuckets led;
  private final ClaimWriter writer;
  private final Runnable refreshFeed;
  private final Consumer<Bucket> changed;
  private final Map<Bucket, Claim> claims = new HashMap<>();

  private boolean leaving;

  /** Whether this process was ever seen to be ready, in this life or an earlier one. */
  private boolean started;

  Claims(
      EventLoop loop,
      LockStore store,
      LeaseNames names,
      ShardSettings settings,
      ClusterView view,
      Membership membership,
      SharedPlan plan,
      ShardListener listener,
      Runnable refreshFeed,
      Consumer<Bucket> changed) {
    this.loop = loop;
    this.settings = settings;
    this.records = new BucketRecords(names.component());
    this.view = view;
    this.membership = membership;
    this.plan = plan;
    this.handOvers = new HandOvers(view.moves().measuring(listener));
    this.led = new LedBuckets(names, listener);
    this.throttle = new Throttle(settings.movesAtOnce(), led::count, this::allowsMove);
    this.writer = new ClaimWriter(loop, store, names, listener);
    this.refreshFeed = refreshFeed;
    this.changed = changed;
  }

  void add(Collection<Bucket> buckets, BucketWork work) {
    long nanos = loop.clocks().nanos();
    led.add(buckets, work);
    buckets.forEach(bucket -> claims.put(bucket, Claim.idle(nanos)));
  }

  Collection<Bucket> buckets() {
    return claims.keySet();
  }

  boolean isOpen(Bucket bucket) {
    Claim claim = claims.get(bucket);
    return claim != null && claim.work() == Claim.Work.OPEN;
  }

  /** Whether no bucket's work runs, and none may still be opened by a write that is on its way. */
  boolean areAtRest() {
    return claims.values().stream()
        .allMatch(claim -> claim.work() == Claim.Work.IDLE && !claim.inFlight());
  }

  /** The buckets of others, or of nobody, that a write under way is to bring here. */
  Set<Bucket> beingTaken() {
    long nanos = loop.clocks().nanos();
    String self = membership.self().map(Membership.Self::uid).orElse("");
    Set<Bucket> taken = new HashSet<>();
    for (Bucket bucket : throttle.writing()) {
      Claim claim = claims.get(bucket);
      BucketSight sight = view.sightOf(bucket, nanos);
      boolean unseen = claim != null && claim.unsettled() == sight.sighting();
      if (unseen && !sight.holderUid().equals(self)) {
        taken.add(bucket);
      }
    }
    return taken;
  }

  /** From now on everything is given away. */
  void leave() {
    leaving = true;
    throttle.leave();
  }

  /** Notes that a newer version of the bucket's Lease, or its absence, was seen. */
  void seen(Bucket bucket) {
    long nanos = loop.clocks().nanos();
    if (claims.computeIfPresent(bucket, (key, claim) -> claim.seen(nanos)) != null) {
      handOvers.seen(view.sightOf(bucket, nanos), nanos);
    }
  }

  /**
   * Decides about a bucket and does it.
   *
   * @return when to decide again if nothing else happens
   */
  long decide(Bucket bucket) {
    Claim claim = claims.get(bucket);
    if (claim == null) {
      return Long.MAX_VALUE;
    }
    Now now = loop.clocks().now();
    BucketSight sight = view.sightOf(bucket, now.nanos());
    boolean earlierLife = membership.earlierLives().contains(sight.holderUid());
    Standing holder = view.members().standing(sight.holderUid(), now.nanos());
    boolean held = !sight.holderUid().isEmpty() && (holder != Standing.DEAD || earlierLife);
    Successor planned = held ? plan.ownerOf(bucket) : plan.heirOf(bucket);
    ClaimDecision.Me me = me();
    ClaimDecision.Facts facts =
        new ClaimDecision.Facts(
            sight,
            me,
            holder,
            view.leftSince(sight, planned == null ? "" : planned.uid(), now.nanos()),
            earlierLife,
            planned,
            throttle.mayGo(bucket),
            throttle.mayWrite(sight, me.self()),
            now);
    ClaimDecision.Decision decision =
        ClaimDecision.decide(claim, facts, records, settings.timings(), settings.drainTimeout());
    claims.put(bucket, decision.claim());
    decision.effects().forEach(effect -> carryOut(bucket, effect, facts));
    throttle.decided(facts, decision).forEach(changed);
    return decision.wakeAtNanos();
  }

  private boolean allowsMove(Bucket bucket) {
    return plan.allowsMove(bucket, loop.clocks().nanos());
  }

  private ClaimDecision.Me me() {
    boolean ready = plan.ownState() == MemberState.READY;
    started |= ready;
    Membership.Self self = membership.self().orElse(null);
    return self == null
        ? new ClaimDecision.Me(null, false, started, false, leaving)
        : new ClaimDecision.Me(
            successor(self), self.term().isValid(), started, ready && !leaving, leaving);
  }

  private Successor successor(Membership.Self self) {
    return new Successor(
        self.uid(), self.lease(), self.identity(), settings.timings().leaseDurationSeconds());
  }

  private void carryOut(Bucket bucket, ClaimEffect effect, ClaimDecision.Facts facts) {
    if (effect instanceof ClaimEffect.Open opening) {
      handOvers.opened(bucket);
      membership.self().ifPresent(self -> led.open(bucket, self, opening.epoch()));
    } else if (effect instanceof ClaimEffect.Close close) {
      if (close.cause().isPlanned()) {
        handOvers.closed(facts.sight(), facts.now().nanos());
      }
      led.close(bucket, close.cause(), stopped -> loop.execute(() -> stopped(stopped)));
      loop.execute(() -> closed(bucket));
    } else if (effect instanceof ClaimEffect.Interrupt) {
      led.interrupt(bucket);
    } else if (effect instanceof ClaimEffect.Write write) {
      send(bucket, write, facts);
    } else if (effect instanceof ClaimEffect.RemoveUnseen) {
      writer.removeUnseen(bucket);
    } else if (effect instanceof ClaimEffect.RefreshFeed) {
      refreshFeed.run();
    }
  }

  private void send(Bucket bucket, ClaimEffect.Write write, ClaimDecision.Facts facts) {
    long nanos = facts.now().nanos();
    throttle.sent(bucket, nanos);
    ChangeOfHands.Reason reason = reasonOf(write, facts);
    Duration silence =
        reason == ChangeOfHands.Reason.CRASH
            ? view.moves().silence(facts.sight().holderUid(), nanos)
            : Duration.ZERO;
    handOvers.sent(bucket, write, reason, silence, nanos);
    writer.send(bucket, write, outcome -> answered(bucket, outcome));
  }

  private ChangeOfHands.Reason reasonOf(ClaimEffect.Write write, ClaimDecision.Facts facts) {
    Successor self = facts.me().self();
    String to = write.record().annotation(LeaseMetadata.MEMBER_UID);
    if (facts.holderIsEarlierLife()) {
      return ChangeOfHands.Reason.RETURN;
    }
    if (self != null && to.equals(self.uid())) {
      return facts.sight().holderUid().isEmpty()
          ? ChangeOfHands.Reason.FREE
          : ChangeOfHands.Reason.CRASH;
    }
    if (leaving) {
      return ChangeOfHands.Reason.LEAVE;
    }
    return plan.isNewcomer(to) ? ChangeOfHands.Reason.JOIN : ChangeOfHands.Reason.REBALANCE;
  }

  /** Comes after {@link #stopped} if there was nothing to wait for. */
  private void closed(Bucket bucket) {
    Claim claim = claims.get(bucket);
    if (claim != null && claim.work() == Claim.Work.CLOSING) {
      throttle.drains(bucket);
      changed.accept(bucket);
    }
  }

  private void stopped(Bucket bucket) {
    throttle.stopped(bucket);
    led.stopped(bucket);
    handOvers.stopped(bucket, loop.clocks().nanos());
    claims.computeIfPresent(bucket, (key, claim) -> claim.stopped());
    changed.accept(bucket);
  }

  private void answered(Bucket bucket, Outcome outcome) {
    long nanos = loop.clocks().nanos();
    BucketSight sight = view.sightOf(bucket, nanos);
    claims.computeIfPresent(
        bucket,
        (key, claim) -> {
          boolean unseen = isUnseen(outcome, claim, sight);
          long patience = ClaimDecision.patienceNanos(settings.timings());
          return claim.answered(unseen ? nanos + patience : Long.MAX_VALUE);
        });
    handOvers.answered(bucket, nanos);
    throttle.answered(bucket, outcome, nanos).forEach(changed);
    changed.accept(bucket);
  }

  /** Whether the answer tells of a version that the watch has not shown yet. */
  private static boolean isUnseen(Outcome outcome, Claim claim, BucketSight sight) {
    if (outcome instanceof Outcome.Written written) {
      return Long.compareUnsigned(sight.lastNumber(), written.version().number()) < 0;
    }
    // If something was seen since the write was sent, that is what it met.
    return outcome instanceof Outcome.Conflict && claim.unsettled() == sight.sighting();
  }

  /** How the controllers stand. */
  ShardFigures figures() {
    long nanos = loop.clocks().nanos();
    String self = membership.self().map(Membership.Self::uid).orElse("");
    ShardFigures.Sum sum = new ShardFigures.Sum();
    claims.forEach(
        (bucket, claim) -> {
          String holder = view.sightOf(bucket, nanos).holderUid();
          boolean led =
              !view.isListed()
                  || (!holder.isEmpty() && (holder.equals(self) || isRespected(holder, nanos)));
          boolean drains = claim.work() == Claim.Work.CLOSING;
          sum.add(
              bucket.controller(),
              new ShardFigures.OfController(
                  1,
                  plan.isFor(bucket, self) ? 1 : 0,
                  led ? 0 : 1,
                  drains ? 1 : 0,
                  drains && claim.interrupted() ? 1 : 0));
        });
    return sum.total();
  }

  private boolean isRespected(String holder, long nanos) {
    return !membership.earlierLives().contains(holder)
        && view.members().standing(holder, nanos) == Standing.RESPECTED;
  }

  /** The buckets that are open here, with their terms, in order. */
  List<ShardStatus.Led> led() {
    return led.all();
  }
}
