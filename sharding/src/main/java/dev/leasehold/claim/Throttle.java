package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.lock.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many buckets this replica gives away and how many Leases it writes at once, and which come
 * next. Whoever it lets through is to be decided about anew.
 *
 * <p>Confined to the election loop.
 */
final class Throttle {

  /**
   * Twice as many as there are threads that send them, so that none of those waits for the loop.
   */
  private static final int WRITES_AT_ONCE = 8;

  /** A replica that leaves gives its buckets away one after the other if that takes no longer. */
  private static final long SHORT_NANOS = 1_000_000_000;

  /** How long a write is taken to last before one was answered. */
  private static final long USUAL_WRITE_NANOS = 10_000_000;

  private final int movesAtOnce;
  private final IntSupplier open;
  private final Moves moves;
  private final WriteLine writes = new WriteLine(WRITES_AT_ONCE);

  /** Closed buckets that have keys that still run. */
  private final Set<Bucket> draining = new HashSet<>();

  private final Map<Bucket, Long> sentNanos = new HashMap<>();

  /** How long the last writes took, each counting for as much as all before it. */
  private long writeNanos = USUAL_WRITE_NANOS;

  private boolean leaving;

  /**
   * Nothing is under way.
   *
   * @param movesAtOnce how many buckets a replica gives away at once that stays
   * @param open how many are led here, at this time
   * @param allowsMove whether it may begin now that a replica which stays gives a bucket away
   */
  Throttle(int movesAtOnce, IntSupplier open, Predicate<Bucket> allowsMove) {
    this.movesAtOnce = movesAtOnce;
    this.open = open;
    // A replica that leaves waits for no turn.
    this.moves = new Moves(this::movesAtOnce, bucket -> leaving || allowsMove.test(bucket));
  }

  /** From now on everything is given away. */
  void leave() {
    leaving = true;
  }

  /**
   * One after the other keeps gaps short. Where there are many buckets or the API server is slow, a
   * replica that leaves gives several at a time, lest it isn't done when its time is up.
   */
  private int movesAtOnce() {
    long some = leaving ? 1 + open.getAsInt() * writeNanos / SHORT_NANOS : 1;
    return Math.max(movesAtOnce, (int) Math.min(WRITES_AT_ONCE, some));
  }

  /** Whether the bucket may be closed now to be given away. */
  boolean mayGo(Bucket bucket) {
    return moves.mayGo(bucket);
  }

  /** Whether the bucket's Lease may be written now; of what is held here the moves are limited. */
  boolean mayWrite(BucketSight sight, @Nullable Successor self) {
    return isHeldBy(self, sight) || writes.hasRoomFor(sight.bucket());
  }

  /** The buckets whose writes have no answer; a view. */
  Set<Bucket> writing() {
    return writes.sent();
  }

  /** Notes that a write of the bucket's Lease is sent. */
  void sent(Bucket bucket, long nanos) {
    writes.send(bucket);
    sentNanos.put(bucket, nanos);
  }

  /**
   * Notes that the write has its answer.
   *
   * @return whom there is room for now
   */
  List<Bucket> answered(Bucket bucket, Outcome outcome, long nanos) {
    writes.answered(bucket);
    Long sent = sentNanos.remove(bucket);
    if (sent != null) {
      writeNanos = (writeNanos + nanos - sent) / 2;
    }
    List<Bucket> next = new ArrayList<>();
    writes.call().ifPresent(next::add);
    if (outcome instanceof Outcome.Refused || outcome instanceof Outcome.Unknown) {
      // It is tried again, and may be refused again and again: no other waits for that.
      next.addAll(moves.makeRoom(bucket));
    }
    return next;
  }

  /** Notes that keys of a closed bucket still run. */
  void drains(Bucket bucket) {
    draining.add(bucket);
  }

  /** Notes that none of a closed bucket's keys runs. */
  void stopped(Bucket bucket) {
    draining.remove(bucket);
  }

  /**
   * Notes what was decided about a bucket.
   *
   * @return whom there is room for now
   */
  List<Bucket> decided(ClaimDecision.Facts facts, ClaimDecision.Decision decision) {
    List<Bucket> next = new ArrayList<>(limitMoves(facts, decision));
    limitWrites(facts, decision);
    writes.call().ifPresent(next::add);
    return next;
  }

  /**
   * Counts the moves that are under way. One that drains keeps others of a replica that leaves from
   * nothing, so all drain in parallel, and what is idle stays open until its write can be sent.
   */
  private List<Bucket> limitMoves(ClaimDecision.Facts facts, ClaimDecision.Decision decision) {
    Bucket bucket = facts.sight().bucket();
    Successor self = facts.me().self();
    Successor planned = facts.planned();
    boolean mine = isHeldBy(self, facts.sight());
    boolean isOpen = decision.claim().work() == Claim.Work.OPEN;
    boolean goes = mine && planned != null && !planned.equals(self);
    if (!mine || isOpen) {
      return moves.stays(bucket, goes && !facts.mayGo());
    }
    if (decision.claim().interrupted() || (leaving && draining.contains(bucket))) {
      return moves.makeRoom(bucket);
    }
    if (goes && facts.mayGo() && !decision.effects().isEmpty()) {
      moves.begin(bucket);
      return List.of();
    }
    return moves.leaveTheLine(bucket);
  }

  private void limitWrites(ClaimDecision.Facts facts, ClaimDecision.Decision decision) {
    Bucket bucket = facts.sight().bucket();
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
  }

  private static boolean isHeldBy(@Nullable Successor self, BucketSight sight) {
    return self != null && self.uid().equals(sight.holderUid());
  }
}
