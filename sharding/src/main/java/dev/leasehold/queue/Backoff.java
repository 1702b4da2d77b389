package dev.leasehold.queue;

import java.time.Duration;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;

/**
 * How long a key waits after its n-th failure in a row: twice as long each time, up to a maximum,
 * and by chance up to a given part shorter, so that keys that failed together don't come back
 * together.
 *
 * <p>Thread-safe, if nobody else uses its random generator.
 */
public final class Backoff {

  /** The wait after a first failure by default. */
  public static final Duration DEFAULT_FIRST = Duration.ofMillis(5);

  /** The longest wait by default. */
  public static final Duration DEFAULT_MAX = Duration.ofMinutes(5);

  /** The part of a wait that is left to chance by default. */
  public static final double DEFAULT_JITTER = 0.2;

  private final long firstNanos;
  private final long maxNanos;
  private final double jitter;
  private final RandomGenerator random;

  /**
   * A backoff of one's own choosing.
   *
   * @param first the wait after a first failure, more than zero
   * @param max the longest wait, at least {@code first}, at most 100 years
   * @param jitter the part of a wait that is left to chance, 0 to 1
   * @param random the chance
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public Backoff(Duration first, Duration max, double jitter, RandomGenerator random) {
    if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "A backoff from %s to %s makes no sense; it needs 0 < first <= max."
              .formatted(first, max));
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("A jitter of %s is not in 0..1.".formatted(jitter));
    }
    this.firstNanos = Delays.nanos(first);
    this.maxNanos = Delays.nanos(max);
    this.jitter = jitter;
    this.random = random;
  }

  /** 5 ms to 5 min with a fifth left to the given chance. */
  public static Backoff standard(RandomGenerator random) {
    return new Backoff(DEFAULT_FIRST, DEFAULT_MAX, DEFAULT_JITTER, random);
  }

  /**
   * Draws the chance for one wait.
   *
   * @return the wait before the next try in nanoseconds, 0 to the maximum, by how often the key has
   *     failed in a row, 1 or more; it can be asked under any lock, since all is drawn by then
   */
  IntToLongFunction draw() {
    double drawn = next();
    return failures -> {
      long wait = doubled(failures);
      return wait - (long) (wait * jitter * drawn);
    };
  }

  private synchronized double next() {
    return random.nextDouble();
  }

  private long doubled(int failures) {
    long wait = firstNanos;
    for (int doubled = 1; doubled < failures && wait < maxNanos; doubled++) {
      // Compares before it doubles, so it can't overflow.
      wait = wait > maxNanos / 2 ? maxNanos : wait * 2;
    }
    return wait;
  }
}
