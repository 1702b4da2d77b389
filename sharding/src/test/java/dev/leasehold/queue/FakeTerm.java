package dev.leasehold.queue;

import dev.leasehold.election.TermView;
import java.time.Duration;

/** A term that stands until it is ended. Thread-safe. */
public final class FakeTerm implements TermView {

  private final long epoch;
  private volatile boolean over;
  private volatile boolean overByWallClock;

  public FakeTerm(long epoch) {
    this.epoch = epoch;
  }

  public void end() {
    over = true;
  }

  /** Ends it by the wall clock alone, as when the machine has been suspended. */
  public void endByWallClock() {
    overByWallClock = true;
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
    return !over && !overByWallClock;
  }

  @Override
  public boolean standsAt(long nanos) {
    return !over;
  }

  @Override
  public Duration remaining() {
    return isValid() ? Duration.ofSeconds(10) : Duration.ZERO;
  }
}
