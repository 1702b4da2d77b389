package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.Version;
import dev.leasehold.time.Now;
import org.jspecify.annotations.Nullable;

/**
 * A write that was sent and of which the watch has not yet told what became of it.
 *
 * @param id counts the writes of one election from 1
 * @param purpose what it was sent for
 * @param base the version that it replaces; null if it creates
 * @param sighting which sighting of the lock it was built on
 * @param record what it writes
 * @param sent both clocks before it was sent: whatever it brings counts from here
 */
public record Attempt(
    long id, Purpose purpose, @Nullable Version base, long sighting, LockRecord record, Now sent) {

  /** What a write is for. */
  public enum Purpose {
    /** To begin a term. */
    ACQUIRE,
    /** To extend it. */
    RENEW,
    /** To give the lock up. */
    RELEASE
  }

  boolean isWriteOf(LockRecord seen) {
    return seen.annotation(ElectionAnnotations.WRITE)
        .equals(record.annotation(ElectionAnnotations.WRITE));
  }
}
