package dev.leasehold.queue;

/**
 * A token bucket: so many tokens a second on average, so many at once after a rest.
 *
 * <p>Nothing is reserved ahead: whoever finds no token asks again later, so a queue that is dropped
 * leaves no debt behind. Not thread-safe; the queue asks under its lock, and a limit belongs to one
 * queue.
 */
public final class RateLimit {

  /** Retries a second by default. */
  public static final double DEFAULT_PER_SECOND = 100;

  /** Retries at once after a rest by default. */
  public static final int DEFAULT_BURST = 500;

  private static final double NANOS_PER_SECOND = 1e9;

  private final long nanosPerToken;
  private final long toleranceNanos;
  private boolean used;

  /** The time at which the bucket would be full again, if it was ever used. */
  private long fullAt;

  /**
   * A full bucket.
   *
   * @param perSecond tokens a second, more than 0.001 and at most a billion
   * @param burst the most tokens that it holds, 1 to 1,000,000
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public RateLimit(double perSecond, int burst) {
    if (!(perSecond > 0.001 && perSecond <= NANOS_PER_SECOND) || burst < 1 || burst > 1_000_000) {
      throw new IllegalArgumentException(
          "A rate limit of %s a second with bursts of %d is out of range."
              .formatted(perSecond, burst));
    }
    this.nanosPerToken = (long) (NANOS_PER_SECOND / perSecond);
    this.toleranceNanos = nanosPerToken * (burst - 1);
  }

  /** 100 a second, 500 at once. */
  public static RateLimit standard() {
    return new RateLimit(DEFAULT_PER_SECOND, DEFAULT_BURST);
  }

  /**
   * Takes a token if there is one.
   *
   * @param now monotonic nanoseconds
   */
  public boolean tryTake(long now) {
    if (nanosToToken(now) > 0) {
      return false;
    }
    fullAt = (used && fullAt - now > 0 ? fullAt : now) + nanosPerToken;
    used = true;
    return true;
  }

  /**
   * How long until there is a token.
   *
   * @param now monotonic nanoseconds
   * @return nanoseconds, zero if there is one now
   */
  long nanosToToken(long now) {
    return used ? Math.max(0, fullAt - now - toleranceNanos) : 0;
  }
}
