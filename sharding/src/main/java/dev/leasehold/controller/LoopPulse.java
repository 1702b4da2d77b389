package dev.leasehold.controller;

import dev.leasehold.time.EventLoop;
import java.time.Duration;
import java.util.List;

/**
 * Tells whether the election loop still takes tasks: each look sends one and counts how long the
 * one before has been waiting. One that has lost a task to a lack of memory counts as broken.
 *
 * <p>Thread-safe.
 */
final class LoopPulse {

  private final EventLoop loop;

  // Guarded by this.
  private boolean waiting;

  // Guarded by this.
  private long sentNanos;

  LoopPulse(EventLoop loop) {
    this.loop = loop;
  }

  synchronized List<String> complaints(Duration patience) {
    if (loop.isTorn()) {
      return List.of("The election loop ran out of memory or stack within a task.");
    }
    long nanos = loop.clocks().nanos();
    if (!waiting) {
      waiting = true;
      sentNanos = nanos;
      loop.execute(this::answered);
    }
    long waited = nanos - sentNanos;
    return waited > patience.toNanos()
        ? List.of(
            "The election loop has been stuck for %d s."
                .formatted(Duration.ofNanos(waited).toSeconds()))
        : List.of();
  }

  private synchronized void answered() {
    waiting = false;
  }
}
