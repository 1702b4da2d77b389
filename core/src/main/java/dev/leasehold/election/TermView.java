package dev.leasehold.election;

import java.time.Duration;

/**
 * The question "do I still hold it?", answered at the moment of asking.
 *
 * <p>A view belongs to one term: once it has said no it says no for ever, and a later term is
 * another view. Implementations are thread-safe, never block and read the clock at each call, so a
 * view can't outlive its term however late it is asked.
 */
public interface TermView {

  /** Who holds the term: the identity written into the Lease. */
  String identity();

  /**
   * The fencing token: the {@code resourceVersion} of the write that began the term, to be read as
   * an unsigned 64-bit number.
   */
  long epoch();

  /** Whether the term still stands, by this machine's clocks, now. */
  boolean isValid();

  /**
   * Whether the term stands by the monotonic clock alone, at a time that it has just shown. That
   * costs half of {@link #isValid()} where it is asked for very often. It is no leave to act: a
   * machine that was suspended is found out by its wall clock, so ask {@link #isValid()} as well
   * before anything is done under the term.
   *
   * @param nanos a reading of the monotonic clock, made for this question
   */
  default boolean standsAt(long nanos) {
    return isValid();
  }

  /** How long the term will stand if nothing renews it; zero once it is over, never negative. */
  Duration remaining();
}
