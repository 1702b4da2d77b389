package dev.leasehold.e2e.sidebyside;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom to compare.
 *
 * @param label what the report calls it
 * @param kind what its process calls it
 * @param timings its periods
 * @param before another version's class path, which its process has in front; mostly empty
 */
record Contender(String label, String kind, Timings timings, String before) {

  static final Timings USUAL = Timings.defaults();

  /** What the official client's example has, which has no defaults. */
  static final Timings CLIENT_JAVA_EXAMPLE = seconds(10, 8, 2);

  /** Where waiting for an expiry would take most of the time. */
  static final Timings SHORT = seconds(7, 5, 2);

  private static final String OURS = "leasehold";

  /** Names jars or folders with classes of another version of ours, to measure it as well. */
  private static final String BEFORE = "leasehold.parts.before";

  Contender(String label, String kind, Timings timings) {
    this(label, kind, timings, "");
  }

  /**
   * Ours, first, and another version of it if there is one.
   *
   * @param more what follows the name in the label
   */
  static List<Contender> ours(String more, Timings timings) {
    List<Contender> ours = new ArrayList<>();
    ours.add(new Contender("Leasehold" + more, OURS, timings));
    String before = System.getProperty(BEFORE, "");
    if (!before.isEmpty()) {
      ours.add(new Contender("Leasehold before" + more, OURS, timings, before));
    }
    return ours;
  }

  /** Ours and some peers. */
  static List<Contender> oursAnd(String more, Timings timings, Contender... peers) {
    List<Contender> all = new ArrayList<>(ours(more, timings));
    all.addAll(List.of(peers));
    return List.copyOf(all);
  }

  /** Ours and the other whole operator. */
  static List<Contender> operators(Timings timings) {
    return oursAnd("", timings, new Contender("Java Operator SDK", "sdk", timings));
  }

  private static Timings seconds(int lease, int renew, int retry) {
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
