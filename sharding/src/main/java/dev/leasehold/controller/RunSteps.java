package dev.leasehold.controller;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a {@link ControllerBuilder} that say how keys are run, as opposed to which. Not
 * thread-safe.
 *
 * @param <B> the builder
 */
abstract class RunSteps<B extends RunSteps<B>> {

  private static final int MOST_WORKERS = 10_000;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(10);
  private static final Duration SHORTEST_RESYNC = Duration.ofSeconds(1);

  /** What is meant to be never is left out. */
  static final Duration LONGEST = Duration.ofDays(365);

  String name;
  int workers = 4;
  boolean virtualThreads;
  RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
  @Nullable Duration timeout;
  @Nullable Duration resync;

  RunSteps(String name) {
    this.name = name;
  }

  /** This. */
  abstract B self();

  /**
   * Lets so many keys run at once on one replica.
   *
   * @param count 1 to 10,000; 4 by default
   * @throws IllegalArgumentException if it is out of range
   */
  public B workers(int count) {
    if (count < 1 || count > MOST_WORKERS) {
      throw new IllegalArgumentException(
          "Controller '%s' can't have %d workers; choose from 1 to %d."
              .formatted(name, count, MOST_WORKERS));
    }
    this.workers = count;
    return self();
  }

  /**
   * Runs the workers on virtual threads, so that many of them may wait at little cost.
   *
   * @throws UnsupportedOperationException before Java 21
   */
  public B virtualThreads() {
    WorkerThreads.requireVirtual();
    this.virtualThreads = true;
    return self();
  }

  /**
   * Gives a key up after so many retries in a row: that is logged and counted, and the key waits
   * until something changes, its bucket moves or a resync comes by. A {@link
   * ControllerBuilder#cleanup cleanup} is never given up.
   *
   * @param most zero or more; without end by default
   * @throws IllegalArgumentException if it is negative
   */
  public B retries(int most) {
    retryPolicy = retryPolicy.withMost(name, most);
    return self();
  }

  /**
   * Says how long a key waits before it is retried: twice as long after each failure in a row, and
   * by chance up to a fifth less, so that keys that failed together don't come back together.
   *
   * @param first the wait after a first failure, 1 ms or more; 5 ms by default
   * @param max the longest wait, no less than the first, up to a day; 5 minutes by default
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public B backoff(Duration first, Duration max) {
    retryPolicy = retryPolicy.withBackoff(name, first, max);
    return self();
  }

  /**
   * Limits the retries of all keys together, on each replica: those whose wait is over come back as
   * soon as there is room, in turn by bucket. What is not a retry is not limited.
   *
   * @param perSecond retries a second on average, 0.01 to 1,000,000; 100 by default
   * @param burst retries at once after a rest, 1 to 1,000,000; 500 by default
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public B retryRate(double perSecond, int burst) {
    retryPolicy = retryPolicy.withRate(name, perSecond, burst);
    return self();
  }

  /**
   * Interrupts a run that takes longer. That is logged and counted, and the key is retried,
   * whatever the run returns then. A run that ignores the interrupt keeps its worker, and nothing
   * else: other keys go on with the other workers.
   *
   * @param limit 10 ms to 365 days, kept to within a tenth or a second; by default there is none,
   *     and a run of more than 5 minutes is logged and counted
   * @throws IllegalArgumentException if it is out of range
   */
  public B timeout(Duration limit) {
    if (limit.compareTo(SHORTEST_TIMEOUT) < 0 || limit.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Controller '%s' can't have a timeout of %s; choose 10 ms to 365 days, or leave it out."
              .formatted(name, limit));
    }
    this.timeout = limit;
    return self();
  }

  /**
   * Looks at each cached key of the led buckets, and each that was deleted lately, again so often,
   * behind live events.
   *
   * @param period a second to 365 days; never by default
   * @throws IllegalArgumentException if it is out of range
   */
  public B resync(Duration period) {
    if (period.compareTo(SHORTEST_RESYNC) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Controller '%s' can't resync every %s; choose a second to 365 days, or leave it out."
              .formatted(name, period));
    }
    this.resync = period;
    return self();
  }
}
