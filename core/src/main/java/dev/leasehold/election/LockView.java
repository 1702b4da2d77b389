package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a participant has seen of a lock, moved on by its own ordered watch alone: answers to writes
 * don't count, since they may be late.
 *
 * @param listed whether the watch has listed the locks at all
 * @param lock the lock as last seen; null if it is absent
 * @param lastNumber the newest version number seen; older events are ignored
 * @param freeAtNanos from when on a stranger may take the lock, counted from this participant's own
 *     sighting of the last change. Only a release moves it back: whatever else somebody writes, the
 *     holder seen before may still work
 * @param longestNanos the longest duration that the last holder may rely on
 * @param ownNanos this participant's own lease duration: the best guess at that of a holder whom a
 *     gap in the watch has hidden
 * @param marks whether the last holder is known to mark its releases, so that an unmarked one is
 *     not its own
 */
record LockView(
    boolean listed,
    @Nullable LockSnapshot lock,
    long lastNumber,
    long freeAtNanos,
    long longestNanos,
    long ownNanos,
    boolean marks) {

  /** What client-go writes into a lock that it gives up: the API server refuses less than 1. */
  static final int RELEASED_DURATION_SECONDS = 1;

  /** Nothing seen yet. */
  static LockView unseen(Duration ownLeaseDuration) {
    return new LockView(
        false, null, 0, 0, ownLeaseDuration.toNanos(), ownLeaseDuration.toNanos(), false);
  }

  /** Whether a version of that number tells nothing new. */
  boolean knows(LockSnapshot snapshot) {
    LockSnapshot present = lock;
    return present != null
        ? !snapshot.version().isAfter(present.version())
        : lastNumber != 0 && Long.compareUnsigned(snapshot.version().number(), lastNumber) <= 0;
  }

  /**
   * The view after this version was sighted at {@code nanos}.
   *
   * @param gap whether versions between this one and the last may have been missed
   */
  LockView present(LockSnapshot snapshot, long nanos, boolean gap) {
    LockRecord record = snapshot.record();
    long number = snapshot.version().number();
    if (isMarkedRelease(record)) {
      return new LockView(true, snapshot, number, nanos, longestNanos, ownNanos, true);
    }
    long said = Duration.ofSeconds(record.durationSeconds()).toNanos();
    if (isEmptied(record) && !marks && !(gap && listed)) {
      // As client-go gives up a lock; it has no mark for it. Behind a gap the holder may have been
      // another, who marks its releases.
      return new LockView(true, snapshot, number, nanos + said, longestNanos, ownNanos, false);
    }
    boolean sane = record.hasSaneDuration();
    // A holder's duration may have been cut short by somebody else: the longer of the last two.
    long longest = sane && !heldBySame(record) ? said : Math.max(longestNanos, sane ? said : 0);
    long wait = gap && listed ? Math.max(Math.max(longest, longestNanos), ownNanos) : longest;
    return new LockView(
        true, snapshot, number, notEarlier(nanos + wait), longest, ownNanos, marksAfter(record));
  }

  /** The view after the lock was seen to be gone: its holder may still work, so it isn't free. */
  LockView absent(long number, long nanos) {
    long newest = Long.compareUnsigned(number, lastNumber) > 0 ? number : lastNumber;
    return new LockView(
        true, null, newest, notEarlier(nanos + longestNanos), longestNanos, ownNanos, marks);
  }

  private long notEarlier(long freeAt) {
    return listed && freeAtNanos - freeAt > 0 ? freeAtNanos : freeAt;
  }

  private boolean heldBySame(LockRecord record) {
    LockSnapshot before = lock;
    return before != null && (!record.isHeld() || before.record().holder().equals(record.holder()));
  }

  /** A mark outlives its release where a later holder doesn't know it, so the holder must fit. */
  private boolean isMarkedRelease(LockRecord record) {
    LockSnapshot before = lock;
    String by = record.annotation(ElectionAnnotations.RELEASED);
    boolean fits =
        before == null || !before.record().isHeld() || before.record().holder().equals(by);
    return isEmptied(record) && !by.isEmpty() && fits;
  }

  /** A holder that marks its writes changes the mark with each; another one carries it along. */
  private boolean marksAfter(LockRecord record) {
    LockSnapshot before = lock;
    String mark = record.annotation(ElectionAnnotations.WRITE);
    if (mark.isEmpty()) {
      return false;
    }
    if (before == null || !before.record().annotation(ElectionAnnotations.WRITE).equals(mark)) {
      return true;
    }
    return marks && Objects.equals(before.record().renewed(), record.renewed());
  }

  private static boolean isEmptied(LockRecord record) {
    return !record.isHeld() && record.durationSeconds() == RELEASED_DURATION_SECONDS;
  }
}
