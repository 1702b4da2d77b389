package dev.leasehold.e2e.benchmark;

import dev.leasehold.election.Term;
import dev.leasehold.election.TermView;
import dev.leasehold.time.Clocks;
import java.time.Duration;

/** A term that stands for a day; asking costs what a real one's answer costs. */
final class ClockedTerm implements TermView {

  private final Clocks clocks;
  private volatile Term term;

  ClockedTerm(Clocks clocks) {
    this.clocks = clocks;
    this.term = Term.from("replica_0123abcd", 1, clocks.now(), Duration.ofDays(1));
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
    return term.covers(clocks.now());
  }

  @Override
  public boolean standsAt(long nanos) {
    return term.standsAt(nanos);
  }

  @Override
  public Duration remaining() {
    return term.remaining(clocks.now());
  }
}
