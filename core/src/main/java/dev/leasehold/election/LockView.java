package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a participant has seen of a lock, moved on by its own ordered watch alone: answers to writes
 * don't count, since they may be late.
 *
 * @param listed whether the watch has listed the locks at all
 * @param lock the lock as last seen; null if it is absent
 * @param lastNumber the newest version number seen; older events are ignored
 * @param freeAtNanos from when on a stranger may take the lock, counted from this participant's own
 *     sighting of the last change
 * @param longestNanos the longest duration that the last holder may rely on
 */
record LockView(
    boolean listed,
    @Nullable LockSnapshot lock,
    long lastNumber,
    long freeAtNanos,
    long longestNanos) {

  /** Nothing seen yet. */
  static LockView unseen(Duration ownLeaseDuration) {
    return new LockView(false, null, 0, 0, ownLeaseDuration.toNanos());
  }

  /** Whether a version of that number tells nothing new. */
  boolean knows(LockSnapshot snapshot) {
    LockSnapshot present = lock;
    return present != null
        ? !snapshot.version().isAfter(present.version())
        : lastNumber != 0 && Long.compareUnsigned(snapshot.version().number(), lastNumber) <= 0;
  }

  /** The view after this version was sighted at {@code nanos}. */
  LockView present(LockSnapshot snapshot, long nanos) {
    LockRecord record = snapshot.record();
    long said = Duration.ofSeconds(record.durationSeconds()).toNanos();
    boolean sane = record.hasSaneDuration();
    long wait;
    if (ElectionAnnotations.isReleased(record)) {
      wait = 0;
    } else if (isClientGoRelease(record)) {
      wait = said;
    } else {
      // A holder's duration may have been cut short by somebody else: the longer of the last two.
      wait = sane ? Math.max(said, heldBySame(record) ? longestNanos : 0) : longestNanos;
    }
    long longest = sane && record.isHeld() ? wait : Math.max(longestNanos, wait);
    return new LockView(true, snapshot, snapshot.version().number(), nanos + wait, longest);
  }

  /** The view after the lock was seen to be gone: its holder may still work, so it isn't free. */
  LockView absent(long number, long nanos) {
    long newest = Long.compareUnsigned(number, lastNumber) > 0 ? number : lastNumber;
    return new LockView(true, null, newest, nanos + longestNanos, longestNanos);
  }

  private boolean heldBySame(LockRecord record) {
    LockSnapshot before = lock;
    return before != null && (!record.isHeld() || before.record().holder().equals(record.holder()));
  }

  private static boolean isClientGoRelease(LockRecord record) {
    return !record.isHeld() && record.durationSeconds() == 1;
  }
}
