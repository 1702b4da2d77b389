package dev.leasehold.member;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Another member as this replica has last seen it.
 *
 * @param lock its Lease
 * @param info what it announces
 * @param fenced whether it was fenced: nothing that it sent before can renew it any more
 * @param lapsesAtNanos when it counts as lapsed unless it is seen to renew: its own duration after
 *     this replica's sighting of its last change
 * @param durationNanos that duration
 */
public record MemberSight(
    LockSnapshot lock, MemberInfo info, boolean fenced, long lapsesAtNanos, long durationNanos) {

  /**
   * The sight after a version was seen.
   *
   * @param before the sight before, of the same Lease; null if there is none
   * @param lock the version
   * @param nanos when it was seen
   * @param longestNanos the longest duration known, for a Lease whose own makes no sense
   */
  public static MemberSight of(
      @Nullable MemberSight before, LockSnapshot lock, long nanos, long longestNanos) {
    LockRecord record = lock.record();
    // A member goes by one duration for life, so the first one seen is its own; what anybody writes
    // there later neither shortens its term nor lengthens the wait for it.
    long duration =
        before == null ? MemberInfo.durationNanosOn(record, longestNanos) : before.durationNanos;
    boolean fencedNow =
        !record.isHeld() && record.annotation(LeaseMetadata.FENCED).equals(lock.version().uid());
    // Once fenced, always fenced: the others may have acted on it.
    boolean fenced = fencedNow || (before != null && before.fenced);
    // A renewal announces nothing new, and comes again and again.
    MemberInfo info =
        before != null && MemberInfo.isSameOn(before.lock.record(), record)
            ? before.info
            : MemberInfo.of(record);
    return new MemberSight(lock, info, fenced, nanos + duration, duration);
  }

  /** The uid of its Lease: what its claims refer to. */
  public String uid() {
    return lock.version().uid();
  }

  /** When its last change was seen. */
  public long sightedNanos() {
    return lapsesAtNanos - durationNanos;
  }

  /** Its identity, as its Lease says. */
  public String identity() {
    return lock.record().holder();
  }

  /**
   * Whether it says, word for word, that it is not able to work yet: up to this version it has
   * never led anything. What is damaged doesn't say so.
   */
  public boolean neverLed() {
    return lock.record().annotation(LeaseMetadata.STATE).equals(MemberState.STARTING.text())
        && info.earlierLives().isEmpty();
  }

  /** Whether it has renewed lately, as far as this replica can see. */
  public boolean isLive(long nanos) {
    return !fenced && lock.record().isHeld() && nanos - lapsesAtNanos < 0;
  }

  /** Whether its last version has been waited out, so that it may be fenced by that version. */
  public boolean isLapsed(long nanos) {
    return !fenced && nanos - lapsesAtNanos >= 0;
  }
}
