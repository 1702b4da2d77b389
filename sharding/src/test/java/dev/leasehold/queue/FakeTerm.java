package dev.leasehold.queue;

import dev.leasehold.election.TermView;
import java.time.Duration;

/** A term that stands until it is ended. Thread-safe. */
public final class FakeTerm implements TermView {

  private final long epoch;
  private volatile boolean over;

  public FakeTerm(long epoch) {
    this.epoch = epoch;
  }

  public void end() {
    over = true;
  }

  @Override
  public String identity() {
    return "replica_0123abcd";
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean isValid() {
    return !over;
  }

  @Override
  public Duration remaining() {
    return over ? Duration.ZERO : Duration.ofSeconds(10);
  }
}
