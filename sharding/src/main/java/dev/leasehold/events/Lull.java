package dev.leasehold.events;

import java.time.Duration;

/**
 * When what has been heard of may be written: in the first lull between changes of hands, and
 * before too long if there is none.
 *
 * <p>Decides by the time it is given. Not thread-safe.
 */
final class Lull {

  /** No change for so long is a lull. */
  static final Duration CALM = Duration.ofMillis(250);

  /** Nothing waits for longer than this. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private long calmAtNanos;
  private long latestAtNanos;

  /** Notes a change, whatever becomes of it. */
  void changed(long nowNanos) {
    calmAtNanos = nowNanos + CALM.toNanos();
  }

  /** Notes that something waits to be written while nothing did before. */
  void firstWaits(long nowNanos) {
    latestAtNanos = nowNanos + LONGEST_WAIT.toNanos();
  }

  /** How long until what waits may be written; zero or less for now. */
  long nanosToWrite(long nowNanos) {
    return Math.min(calmAtNanos - nowNanos, latestAtNanos - nowNanos);
  }
}
