package dev.leasehold.election;

import java.time.Duration;

/**
 * The three periods of an election, with client-go's names and meaning.
 *
 * @param leaseDuration how long others respect a holder that they see no more renewals of; whole
 *     seconds, 1 s to 1 h
 * @param renewDeadline how long a term stands after the request that last renewed it was sent;
 *     shorter than the lease duration, and the ratio of the two bounds how much clock rates may
 *     differ
 * @param retryPeriod how often the holder renews, and how long anybody waits after a write that did
 *     not succeed; shorter than the renew deadline
 */
public record Timings(Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {

  /** The longest lease duration that is believed: a longer one on a Lease is nonsense. */
  public static final Duration MAX_LEASE_DURATION = Duration.ofHours(1);

  private static final Duration MIN_RETRY_PERIOD = Duration.ofMillis(10);

  /**
   * Checks the order of the three.
   *
   * @throws IllegalArgumentException with a sentence that says which is wrong
   */
  public Timings {
    if (leaseDuration.getNano() != 0
        || leaseDuration.getSeconds() < 1
        || leaseDuration.compareTo(MAX_LEASE_DURATION) > 0) {
      throw new IllegalArgumentException(
          "The lease duration is %s; a Lease holds whole seconds: choose from 1 s to 1 h."
              .formatted(text(leaseDuration)));
    }
    if (renewDeadline.compareTo(leaseDuration) >= 0) {
      throw new IllegalArgumentException(
          "The renew deadline (%s) must be shorter than the lease duration (%s)."
              .formatted(text(renewDeadline), text(leaseDuration)));
    }
    if (retryPeriod.compareTo(renewDeadline) >= 0) {
      throw new IllegalArgumentException(
          "The retry period (%s) must be shorter than the renew deadline (%s)."
              .formatted(text(retryPeriod), text(renewDeadline)));
    }
    if (retryPeriod.compareTo(MIN_RETRY_PERIOD) < 0) {
      throw new IllegalArgumentException(
          "The retry period (%s) must be at least %s."
              .formatted(text(retryPeriod), text(MIN_RETRY_PERIOD)));
    }
  }

  /** Kubernetes' usual 15 s, 10 s and 2 s. */
  public static Timings defaults() {
    return new Timings(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
  }

  /** The lease duration as a Lease holds it, in seconds. */
  public int leaseDurationSeconds() {
    return (int) leaseDuration.toSeconds();
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
