package dev.leasehold.claim;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps buckets from dancing: says when buckets that are led may be moved to follow a plan.
 *
 * <p>A plan is followed at once where nobody leads. Where somebody does, it waits for the settling
 * time without a candidate coming or going, so that a slow start of many or a rollout ends in one
 * set of moves instead of one for each replica. A stream of changes that never ends holds it up for
 * {@value #MOST_UNREST} settling times at the most, then it is followed for one.
 *
 * <p>Deterministic; reads no clock. Not thread-safe; confined to the election loop.
 */
final class Calm {

  /** How many settling times a stream of changes may hold moves up. */
  static final int MOST_UNREST = 30;

  private final long settlingNanos;

  /** When each candidate came. */
  private final Map<String, Long> present = new HashMap<>();

  private long changedNanos;
  private long unrestNanos;

  /**
   * Nobody is known yet.
   *
   * @param settling zero for no calm at all: every plan is followed at once
   * @param nanos the present time
   */
  Calm(Duration settling, long nanos) {
    this.settlingNanos = settling.toNanos();
    this.changedNanos = nanos;
    this.unrestNanos = nanos;
  }

  /** Takes in who the candidates are. */
  void take(Collection<Candidate> candidates, long nanos) {
    Set<String> uids = candidates.stream().map(Candidate::uid).collect(Collectors.toSet());
    if (!uids.equals(present.keySet())) {
      if (isQuiet(nanos)) {
        unrestNanos = nanos;
      }
      changedNanos = nanos;
      present.keySet().retainAll(uids);
      uids.forEach(uid -> present.putIfAbsent(uid, nanos));
    }
  }

  /** Whether a bucket that is led may be moved. */
  boolean allowsMoves(long nanos) {
    return isQuiet(nanos)
        || (nanos - unrestNanos) / settlingNanos % (MOST_UNREST + 1) == MOST_UNREST;
  }

  /**
   * From when on a candidate may be given what others lead, if moves are allowed then.
   *
   * @param patience how many settling times it must have stayed; 1 is none beyond those that hold
   *     up all moves
   */
  long trustedAt(String uid, int patience) {
    return present.getOrDefault(uid, changedNanos) + (patience - 1) * settlingNanos;
  }

  /**
   * When to ask again though nothing happens; {@link Long#MAX_VALUE} for never. Until then the
   * answers stay the same.
   */
  long wakeAt(long nanos) {
    return isQuiet(nanos) ? Long.MAX_VALUE : changedNanos + settlingNanos;
  }

  /** Whether the candidate came at or after that time. */
  boolean cameSince(String uid, long nanos) {
    Long came = present.get(uid);
    return came != null && came - nanos >= 0;
  }

  private boolean isQuiet(long nanos) {
    return nanos - changedNanos >= settlingNanos;
  }
}
