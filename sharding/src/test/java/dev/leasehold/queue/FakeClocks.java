package dev.leasehold.queue;

import dev.leasehold.time.Clocks;
import dev.leasehold.time.Now;
import java.time.Duration;

/** Clocks that stand still until they are told how much time has passed. Thread-safe. */
final class FakeClocks implements Clocks {

  // Starts right before the overflow, so that whoever compares instead of subtracting is found out.
  private long nanos = Long.MAX_VALUE - Duration.ofMillis(20).toNanos();

  @Override
  public synchronized Now now() {
    return new Now(nanos, 0);
  }

  synchronized void pass(Duration time) {
    nanos += time.toNanos();
  }
}
