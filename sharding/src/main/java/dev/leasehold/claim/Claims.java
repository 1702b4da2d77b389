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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what is decided about each bucket of this replica's controllers.
 *
 * <p>Confined to the election loop.
 */
final class Claims {

  /**
   * Twice as many as there are threads that send them, so that none of those waits for the loop.
   */
  private static final int WRITES_AT_ONCE = 8;

  /** So many go one after the other in a second or some at most, when a replica leaves. */
  private static final int MANY_BUCKETS = 100;

  private final EventLoop loop;
  private final LeaseNames names;
  private final ShardSettings settings;
  private final BucketRecords records;
  private final ClusterView view;
  private final Membership membership;
  private final SharedPlan plan;
  private final Moves moves;
  private final WriteLine writes = new WriteLine(WRITES_AT_ONCE);
  private final HandOvers handOvers;
  private final LedBuckets led;
  private final ClaimWriter writer;
  private final Runnable refreshFeed;
  private final Consumer<Bucket> changed;
  private final Map<Bucket, Claim> claims = new HashMap<>();

  /** Closed buckets that have keys that still run. */
  private final Set<Bucket> draining = new HashSet<>();

  private boolean leaving;

  /** Whether this process was ever seen to be ready, in this life or an earlier one. */
  private boolean started;

  /** The buckets that are open. */
  private final SortedMap<Bucket, ShardStatus.Led> open = new TreeMap<>();

  /** A copy of them to be given away; null since one was opened or closed. */
  private @Nullable List<ShardStatus.Led> ledNow;

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
    this.names = names;
    this.settings = settings;
    this.records = new BucketRecords(names.component());
    this.view = view;
    this.membership = membership;
    this.plan = plan;
    this.moves = new Moves(this::movesAtOnce, this::maySetOut);
    this.handOvers = new HandOvers(view.moves().measuring(listener));
    this.led = new LedBuckets(listener);
    this.writer = new ClaimWriter(loop, store, names, listener);
    this.refreshFeed = refreshFeed;
    this.changed = changed;
  }

  void add(Collection<Bucket> buckets, BucketWork work) {
    long nanos = loop.clocks().now().nanos();
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
    long nanos = loop.clocks().now().nanos();
    String self = membership.self().map(Membership.Self::uid).orElse("");
    Set<Bucket> taken = new HashSet<>();
    for (Bucket bucket : writes.sent()) {
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
  }

  /** Notes that a newer version of the bucket's Lease, or its absence, was seen. */
  void seen(Bucket bucket) {
    long nanos = loop.clocks().now().nanos();
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
    ClaimDecision.Facts facts =
        new ClaimDecision.Facts(
            sight,
            me(),
            holder,
            view.leftSince(sight, planned == null ? "" : planned.uid(), now.nanos()),
            earlierLife,
            planned,
            moves.mayGo(bucket),
            isOwn(sight) || writes.hasRoomFor(bucket),
            now);
    ClaimDecision.Decision decision =
        ClaimDecision.decide(claim, facts, records, settings.timings(), settings.drainTimeout());
    claims.put(bucket, decision.claim());
    decision.effects().forEach(effect -> carryOut(bucket, effect, facts));
    limitMoves(bucket, facts, decision);
    limitWrites(bucket, facts, decision);
    return decision.wakeAtNanos();
  }

  /**
   * One after the other keeps gaps short; of very many buckets a replica that leaves gives some at
   * a time, lest it isn't done when its time is up.
   */
  private int movesAtOnce() {
    int some = leaving ? Math.min(WRITES_AT_ONCE, 1 + open.size() / MANY_BUCKETS) : 1;
    return Math.max(settings.movesAtOnce(), some);
  }

  /** Whether this member holds it; what it gives away is limited by the moves at once. */
  private boolean isOwn(BucketSight sight) {
    return membership.self().filter(self -> self.uid().equals(sight.holderUid())).isPresent();
  }

  /** A replica that leaves waits for no turn. */
  private boolean maySetOut(Bucket bucket) {
    return leaving || plan.allowsMove(bucket, loop.clocks().now().nanos());
  }

  /**
   * Counts the moves that are under way. One that drains keeps others of a replica that leaves from
   * nothing, so all drain in parallel, and what is idle stays open until its write can be sent.
   */
  private void limitMoves(
      Bucket bucket, ClaimDecision.Facts facts, ClaimDecision.Decision decision) {
    Successor self = facts.me().self();
    Successor planned = facts.planned();
    boolean mine = self != null && self.uid().equals(facts.sight().holderUid());
    boolean isOpen = decision.claim().work() == Claim.Work.OPEN;
    boolean goes = mine && planned != null && !planned.equals(self);
    List<Bucket> next;
    if (!mine || isOpen) {
      next = moves.stays(bucket, goes && !facts.mayGo());
    } else if (decision.claim().interrupted() || (leaving && draining.contains(bucket))) {
      next = moves.makeRoom(bucket);
    } else if (goes && facts.mayGo() && !decision.effects().isEmpty()) {
      moves.begin(bucket);
      next = List.of();
    } else {
      next = moves.leaveTheLine(bucket);
    }
    next.forEach(changed);
  }

  private void limitWrites(
      Bucket bucket, ClaimDecision.Facts facts, ClaimDecision.Decision decision) {
    if (decision.waitsToWrite()) {
      Successor planned = facts.planned();
      boolean isPlanned =
          leaving
              || facts.holderIsEarlierLife()
              || planned == null
              || planned.equals(facts.me().self());
      writes.waitFor(bucket, isPlanned);
    } else {
      writes.leave(bucket);
    }
    callNext();
  }

  private void callNext() {
    writes.call().ifPresent(changed);
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
      open.put(bucket, new ShardStatus.Led(bucket, names.bucket(bucket), opening.epoch()));
      ledNow = null;
      handOvers.opened(bucket);
      membership.self().ifPresent(self -> led.open(bucket, self, opening.epoch()));
    } else if (effect instanceof ClaimEffect.Close close) {
      open.remove(bucket);
      ledNow = null;
      if (close.cause().isPlanned()) {
        handOvers.closed(facts.sight(), facts.now().nanos());
      }
      led.close(bucket, close.cause(), stopped -> loop.execute(() -> stopped(stopped)));
      loop.execute(() -> closed(bucket));
    } else if (effect instanceof ClaimEffect.Interrupt) {
      led.interrupt(bucket);
    } else if (effect instanceof ClaimEffect.Write write) {
      writes.send(bucket);
      long nanos = facts.now().nanos();
      ChangeOfHands.Reason reason = reasonOf(write, facts);
      handOvers.sent(
          bucket,
          write,
          reason,
          reason == ChangeOfHands.Reason.CRASH
              ? view.moves().silence(facts.sight().holderUid(), nanos)
              : Duration.ZERO,
          nanos);
      writer.send(bucket, write, outcome -> answered(bucket, outcome));
    } else if (effect instanceof ClaimEffect.RemoveUnseen) {
      writer.removeUnseen(bucket);
    } else if (effect instanceof ClaimEffect.RefreshFeed) {
      refreshFeed.run();
    }
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
      draining.add(bucket);
      changed.accept(bucket);
    }
  }

  private void stopped(Bucket bucket) {
    draining.remove(bucket);
    led.stopped(bucket);
    handOvers.stopped(bucket, loop.clocks().now().nanos());
    claims.computeIfPresent(bucket, (key, claim) -> claim.stopped());
    changed.accept(bucket);
  }

  private void answered(Bucket bucket, Outcome outcome) {
    long nanos = loop.clocks().now().nanos();
    BucketSight sight = view.sightOf(bucket, nanos);
    claims.computeIfPresent(
        bucket,
        (key, claim) -> {
          boolean unseen = isUnseen(outcome, claim, sight);
          long patience = ClaimDecision.patienceNanos(settings.timings());
          return claim.answered(unseen ? nanos + patience : Long.MAX_VALUE);
        });
    handOvers.answered(bucket, nanos);
    writes.answered(bucket);
    callNext();
    if (outcome instanceof Outcome.Refused || outcome instanceof Outcome.Unknown) {
      // It is tried again, and may be refused again and again: no other waits for that.
      moves.makeRoom(bucket).forEach(changed);
    }
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
    long nanos = loop.clocks().now().nanos();
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
    List<ShardStatus.Led> now = ledNow;
    if (now == null) {
      now = List.copyOf(open.values());
      ledNow = now;
    }
    return now;
  }
}
