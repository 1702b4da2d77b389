package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.time.Now;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
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
    long id,
    Purpose purpose,
    @Nullable LockSnapshot base,
    long sighting,
    LockRecord record,
    Now sent) {

  /** What a write is for. */
  public enum Purpose {
    /** To begin a term. */
    ACQUIRE,
    /** To extend it. */
    RENEW,
    /** To give the lock up. */
    RELEASE
  }

  /**
   * Whether this write made that version. The mark alone doesn't tell: an elector in another
   * language, and a person with an editor, carry it along when they write.
   */
  boolean made(LockSnapshot seen) {
    LockRecord there = seen.record();
    return there
            .annotation(ElectionAnnotations.WRITE)
            .equals(record.annotation(ElectionAnnotations.WRITE))
        && there.holder().equals(record.holder())
        && there.durationSeconds() == record.durationSeconds()
        && there.transitions() == record.transitions()
        && Objects.equals(second(there.renewed()), second(record.renewed()))
        && (base == null || base.version().uid().equals(seen.version().uid()));
  }

  /** Some locks hold whole seconds only. */
  private static @Nullable Instant second(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
  }
}
