package dev.leasehold.controller;

import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.RateLimit;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When and how often keys that fail come back.
 *
 * <p>Immutable.
 *
 * @param most retries in a row; {@code Integer.MAX_VALUE} for without end
 * @param first the wait after a first failure; doubled after each further one
 * @param max the longest wait
 * @param perSecond retries of all keys of the controller on one replica, on average
 * @param burst the most of them at once after a rest
 */
record RetryPolicy(int most, Duration first, Duration max, double perSecond, int burst) {

  static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Integer.MAX_VALUE,
          Backoff.DEFAULT_FIRST,
          Backoff.DEFAULT_MAX,
          RateLimit.DEFAULT_PER_SECOND,
          RateLimit.DEFAULT_BURST);

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final double RAREST = 0.01;
  private static final int MOST_PER_SECOND = 1_000_000;

  RetryPolicy withMost(String controller, int retries) {
    if (retries < 0) {
      throw new IllegalArgumentException(
          "Controller '%s' can't have %d retries; choose zero or more."
              .formatted(controller, retries));
    }
    return new RetryPolicy(retries, first, max, perSecond, burst);
  }

  RetryPolicy withBackoff(String controller, Duration shortest, Duration longest) {
    if (shortest.compareTo(SHORTEST) < 0
        || longest.compareTo(shortest) < 0
        || longest.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Controller '%s' can't wait %s after a first failure and %s at the most; choose 1 ms or more, up to a day, and no less at the most than at first."
              .formatted(controller, shortest, longest));
    }
    return new RetryPolicy(most, shortest, longest, perSecond, burst);
  }

  RetryPolicy withRate(String controller, double rate, int atOnce) {
    if (!(rate >= RAREST && rate <= MOST_PER_SECOND) || atOnce < 1 || atOnce > MOST_PER_SECOND) {
      throw new IllegalArgumentException(
          "Controller '%s' can't retry %s keys a second and %d at once; choose 0.01 to 1,000,000 a second and 1 to 1,000,000 at once."
              .formatted(controller, rate, atOnce));
    }
    return new RetryPolicy(most, first, max, rate, atOnce);
  }

  /** How long keys wait, with the usual part left to the given chance. */
  Backoff backoff(RandomGenerator random) {
    return new Backoff(first, max, Backoff.DEFAULT_JITTER, random);
  }

  /** A full bucket of tokens. */
  RateLimit rateLimit() {
    return new RateLimit(perSecond, burst);
  }
}
