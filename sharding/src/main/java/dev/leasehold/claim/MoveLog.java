package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.member.MemberSight;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of hands that were seen, for people to read. Bounded; confined to the election
 * loop.
 */
final class MoveLog {

  private static final int MOST_MOVES = 20;
  private static final int MOST_DEAD = 100;

  /** The newest first. */
  private final Deque<SeenMove> moves = new ArrayDeque<>();

  /**
   * When each member that is gone was last seen to renew, by its uid: a fence is no sign of life.
   */
  private final Map<String, Long> lastAliveNanos = new LinkedHashMap<>();

  /** Takes in what was seen of a member before and after an event. */
  void member(@Nullable MemberSight before, @Nullable MemberSight after) {
    if (before != null && after != null && after.fenced() && !before.fenced()) {
      wasAlive(before);
    }
  }

  /** Takes in that a member has no Lease any more. */
  void memberGone(MemberSight member) {
    if (!member.fenced()) {
      wasAlive(member);
    }
  }

  private void wasAlive(MemberSight member) {
    lastAliveNanos.put(member.uid(), member.sightedNanos());
    if (lastAliveNanos.size() > MOST_DEAD) {
      lastAliveNanos.remove(lastAliveNanos.keySet().iterator().next());
    }
  }

  /** For how long a member that is gone had not renewed by then; zero for any other. */
  Duration silence(String uid, long nanos) {
    Long alive = lastAliveNanos.get(uid);
    return alive == null ? Duration.ZERO : Duration.ofNanos(nanos - alive);
  }

  /**
   * Takes in what was seen of a bucket before and after an event.
   *
   * @param holderWasDead whether the holder before was fenced or waited out
   */
  void bucket(BucketSight before, BucketSight after, boolean holderWasDead) {
    LockSnapshot lock = after.lock();
    if (lock == null
        || after.holderUid().isEmpty()
        || after.holderUid().equals(before.holderUid())) {
      return;
    }
    LockSnapshot lockBefore = before.lock();
    SeenMove.Cause cause = causeOf(before, after, lock, holderWasDead);
    moves.addFirst(
        new SeenMove(
            after.bucket(),
            before.holderUid(),
            lockBefore == null ? "" : lockBefore.record().holder(),
            after.holderUid(),
            lock.record().holder(),
            cause,
            unled(cause, before, after),
            after.sightedNanos()));
    if (moves.size() > MOST_MOVES) {
      moves.removeLast();
    }
  }

  private static SeenMove.Cause causeOf(
      BucketSight before, BucketSight after, LockSnapshot lock, boolean holderWasDead) {
    if (before.holderUid().isEmpty()) {
      return SeenMove.Cause.FREE;
    }
    if (before.isHandOver(lock.record(), after.holderUid())) {
      return SeenMove.Cause.HANDED_OVER;
    }
    return holderWasDead ? SeenMove.Cause.TAKEN_FROM_THE_DEAD : SeenMove.Cause.EDITED;
  }

  private Optional<Duration> unled(SeenMove.Cause cause, BucketSight before, BucketSight after) {
    Long since =
        switch (cause) {
          case TAKEN_FROM_THE_DEAD -> lastAliveNanos.get(before.holderUid());
          // Before its first sighting it may have been free for ever.
          case FREE -> before.sighting() == 0 ? null : before.sightedNanos();
          case HANDED_OVER, EDITED -> null;
        };
    return Optional.ofNullable(since).map(from -> Duration.ofNanos(after.sightedNanos() - from));
  }

  /** The last moves, the newest first; a copy. */
  List<SeenMove> moves() {
    return List.copyOf(moves);
  }

  /** A listener that also notes how long this replica's own hand-overs took. */
  ShardListener measuring(ShardListener listener) {
    return new ShardListener() {
      @Override
      public void changedHands(ChangeOfHands change) {
        // Of a bucket that comes back to the same process it isn't known since when nobody led it.
        if (change.reason() != ChangeOfHands.Reason.RETURN) {
          measured(change.bucket(), change.drain().plus(change.write()).plus(change.watch()));
        }
        listener.changedHands(change);
      }
    };
  }

  private void measured(Bucket bucket, Duration duration) {
    Deque<SeenMove> noted = new ArrayDeque<>();
    boolean found = false;
    for (SeenMove move : moves) {
      boolean meant = !found && move.bucket().equals(bucket);
      found |= meant;
      boolean given = move.cause() == SeenMove.Cause.HANDED_OVER;
      noted.addLast(meant && given ? move.measured(duration) : move);
    }
    moves.clear();
    moves.addAll(noted);
  }
}
