package dev.leasehold.elector;

import dev.leasehold.election.Term;
import dev.leasehold.election.TermView;
import dev.leasehold.time.Clocks;
import java.time.Duration;

/**
 * A term as its renewals carry it on. Written by the election loop, read from any thread.
 *
 * <p>Thread-safe; a reader may see a renewal a moment late and say no too early, never yes too
 * long.
 */
final class LiveTerm implements TermView {

  private final Clocks clocks;
  private volatile Term term;
  private volatile boolean ended;

  LiveTerm(Clocks clocks, Term term) {
    this.clocks = clocks;
    this.term = term;
  }

  void extend(Term later) {
    term = later;
  }

  void end() {
    ended = true;
  }

  @Override
  public String identity() {
    return term.identity();
  }

  @Override
  public long epoch() {
    return term.epoch();
  }

  @Override
  public boolean isValid() {
    return !ended && term.covers(clocks.now());
  }

  @Override
  public Duration remaining() {
    return ended ? Duration.ZERO : term.remaining(clocks.now());
  }

  @Override
  public String toString() {
    return identity() + "@" + Long.toUnsignedString(epoch());
  }
}
