package dev.leasehold.e2e.sidebyside;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.List;

/**
 * Whom to compare.
 *
 * @param label what the report calls it
 * @param kind what its process calls it
 * @param timings its periods
 */
record Contender(String label, String kind, Timings timings) {

  static final Timings USUAL = Timings.defaults();

  /** What the official client's example has, which has no defaults. */
  static final Timings CLIENT_JAVA_EXAMPLE = seconds(10, 8, 2);

  /** Where waiting for an expiry would take most of the time. */
  static final Timings SHORT = seconds(7, 5, 2);

  static final String OURS = "leasehold";

  static Timings seconds(int lease, int renew, int retry) {
    return new Timings(
        Duration.ofSeconds(lease), Duration.ofSeconds(renew), Duration.ofSeconds(retry));
  }

  boolean isOurs() {
    return kind.equals(OURS);
  }

  /** What its process is given. */
  List<String> arguments() {
    return List.of(
        "kind=" + kind,
        "lease-millis=" + timings.leaseDuration().toMillis(),
        "renew-millis=" + timings.renewDeadline().toMillis(),
        "retry-millis=" + timings.retryPeriod().toMillis());
  }
}
