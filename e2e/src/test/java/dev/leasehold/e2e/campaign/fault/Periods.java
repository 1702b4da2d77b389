package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.election.Timings;
import java.time.Duration;

/** What follows from a lease's periods alone, whatever the protocol. */
final class Periods {

  private Periods() {}

  /** Others wait from the last renewal that they saw, which is a retry period old at most. */
  static Duration afterSilence(Timings timings) {
    return timings.leaseDuration().minus(timings.retryPeriod());
  }

  /**
   * Whoever can't renew stops by the renew deadline, and the others begin after the lease duration.
   */
  static Duration afterDeafness(Timings timings, Duration lasted) {
    return lasted.compareTo(timings.renewDeadline()) > 0
        ? timings.leaseDuration().minus(timings.renewDeadline())
        : Duration.ZERO;
  }

  /** Nobody leads once nobody can have renewed for the renew deadline. */
  static Duration withoutServer(Timings timings, Duration lasted) {
    Duration longer = lasted.minus(timings.renewDeadline());
    return longer.isNegative() ? Duration.ZERO : longer;
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
