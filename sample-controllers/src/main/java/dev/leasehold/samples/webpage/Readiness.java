package dev.leasehold.samples.webpage;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.Optional;

/**
 * Whether all is as a page asks, and if not, why.
 *
 * @param reason one word for programs, as Kubernetes has them
 * @param message a sentence for people; never empty
 * @param isReady whether all is as asked
 */
record Readiness(String reason, String message, boolean isReady) {

  /** The type of the condition. */
  static final String READY = "Ready";

  static Readiness ready() {
    // Not empty: the client leaves empty texts out, and the API server wants one.
    return new Readiness("AsAsked", "Everything is as the page asks.", true);
  }

  /** Somebody has to do something. */
  static Readiness hindered(String reason, String message) {
    return new Readiness(reason, message, false);
  }

  /** Time will do. */
  static Readiness starting(int ready, int asked) {
    return new Readiness(
        "ServersStarting", "%d of %d servers are ready.".formatted(ready, asked), false);
  }

  /**
   * The condition that tells this.
   *
   * @param before the one that the page has, whose time is kept if its status is the same
   * @param generation the page's
   * @param now RFC 3339
   */
  Condition condition(Optional<Condition> before, Long generation, String now) {
    String status = isReady ? "True" : "False";
    String since =
        before
            .filter(known -> known.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .orElse(now);
    return new ConditionBuilder()
        .withType(READY)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }
}
