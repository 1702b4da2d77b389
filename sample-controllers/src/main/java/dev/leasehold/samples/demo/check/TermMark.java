package dev.leasehold.samples.demo.check;

import java.util.function.LongUnaryOperator;

/**
 * A line of a trace that says until when a member's term stands, unless it is renewed again.
 *
 * @param nanos when it was written, on the machine's monotonic clock
 * @param identity the member
 * @param validUntilNanos the term's end, on the same clock
 */
public record TermMark(long nanos, String identity, long validUntilNanos) {

  /** The same by another clock. */
  public TermMark by(LongUnaryOperator clock) {
    return new TermMark(clock.applyAsLong(nanos), identity, clock.applyAsLong(validUntilNanos));
  }
}
