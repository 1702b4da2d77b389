package dev.leasehold.metrics;

import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.function.Consumer;

/** A feed that knows for how long it has said nothing. Thread-safe. */
public final class WatchAge implements LockFeed {

  private final LockFeed feed;
  private final Clocks clocks;
  private volatile long heardNanos;

  /**
   * The same feed, with an age; it counts from now until something is heard.
   *
   * @param feed closed with this one
   * @param clocks the time by which the age is measured
   */
  public WatchAge(LockFeed feed, Clocks clocks) {
    this.feed = feed;
    this.clocks = clocks;
    this.heardNanos = clocks.nanos();
  }

  /** For how long nothing has been heard. */
  public Duration age() {
    return Duration.ofNanos(Math.max(0, clocks.nanos() - heardNanos));
  }

  @Override
  public void start(Consumer<LockEvent> consumer) {
    feed.start(
        event -> {
          heardNanos = clocks.nanos();
          consumer.accept(event);
        });
  }

  @Override
  public void refresh() {
    feed.refresh();
  }

  @Override
  public void close() {
    feed.close();
  }
}
