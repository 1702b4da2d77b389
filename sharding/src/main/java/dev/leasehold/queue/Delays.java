package dev.leasehold.queue;

import java.time.Duration;

/** Durations as nanoseconds that can be added to any monotonic reading without losing the order. */
final class Delays {

  /** Monotonic times compare by subtraction, which is right for less than 146 years apart. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Delays() {}

  /** The duration in nanoseconds: zero if it is negative, 100 years if it is longer than that. */
  static long nanos(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
  }
}
