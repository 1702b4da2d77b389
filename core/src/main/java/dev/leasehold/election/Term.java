package dev.leasehold.election;

import dev.leasehold.time.Now;
import java.time.Duration;

/**
 * One continuous time of holding a lock, as far as its last renewal carries it.
 *
 * <p>It ends by either clock, whichever is first: the monotonic one is exact, and the wall clock is
 * a second witness for a machine whose monotonic clock stood still while it was suspended.
 *
 * @param identity who holds the lock
 * @param epoch the version of the write that began the term
 * @param validUntilNanos when it ends, on the monotonic clock
 * @param validUntilWallMillis when it ends, on the wall clock
 */
public record Term(String identity, long epoch, long validUntilNanos, long validUntilWallMillis) {

  /**
   * A term that counts from the moment before its request was sent.
   *
   * @param identity who holds the lock
   * @param epoch the version of the write that began the term
   * @param sent both clocks before the request was sent
   * @param renewDeadline how long the request carries the term
   */
  public static Term from(String identity, long epoch, Now sent, Duration renewDeadline) {
    return new Term(
        identity,
        epoch,
        sent.nanos() + renewDeadline.toNanos(),
        sent.wallMillis() + renewDeadline.toMillis());
  }

  /** The same term carried on by a renewal; never shortened by an answer that was overtaken. */
  Term extended(Now sent, Duration renewDeadline) {
    Term later = from(identity, epoch, sent, renewDeadline);
    return later.validUntilNanos - validUntilNanos > 0 ? later : this;
  }

  /** Whether the term still stands by the monotonic clock. */
  public boolean standsAt(long nanos) {
    return validUntilNanos - nanos > 0;
  }

  /** Whether the term still stands. */
  public boolean covers(Now now) {
    return standsAt(now.nanos()) && validUntilWallMillis - now.wallMillis() > 0;
  }

  /** How long the term still stands; zero once it is over, never negative. */
  public Duration remaining(Now now) {
    long nanos =
        Math.min(
            validUntilNanos - now.nanos(), (validUntilWallMillis - now.wallMillis()) * 1_000_000L);
    return Duration.ofNanos(Math.max(0, nanos));
  }
}
