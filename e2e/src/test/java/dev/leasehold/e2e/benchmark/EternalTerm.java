package dev.leasehold.e2e.benchmark;

import dev.leasehold.election.TermView;
import java.time.Duration;

/** A term that stands whatever the clocks say: a queue under it pays nothing for being gated. */
record EternalTerm(String identity, long epoch) implements TermView {

  @Override
  public boolean isValid() {
    return true;
  }

  @Override
  public Duration remaining() {
    return Duration.ofDays(1);
  }
}
