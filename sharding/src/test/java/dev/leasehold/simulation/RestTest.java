package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What replicas ask of the API server while nothing happens. */
final class RestTest {

  private static final int REPLICAS = 3;
  private static final int BUCKETS = 300;
  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration RETRY = LargeComponent.TIMINGS.retryPeriod();

  @Test
  void atRestEachReplicaRenewsItsOwnLeaseOnceInARetryPeriodAndAsksForNothingElse() {
    Traffic traffic = new Traffic();
    Run run = LargeComponent.atRest(traffic, REPLICAS, BUCKETS);
    Traffic.Counts before = traffic.counts();
    long periods = REST.dividedBy(RETRY);
    for (int i = 0; i < periods; i++) {
      assertThat(traffic.during(run, RETRY).memberWrites())
          .as("renewals in retry period %d", i)
          .isLessThanOrEqualTo(REPLICAS);
    }
    Traffic.Counts rest = traffic.counts().since(before);
    assertThat(rest.bucketWrites()).isZero();
    assertThat(rest.watches()).isZero();
    assertThat(rest.lists()).isZero();
    // Each renewal comes a moment more than a period after the one before, so one may be missing.
    assertThat(rest.memberWrites()).isBetween(REPLICAS * (periods - 1), REPLICAS * periods);
  }
}
