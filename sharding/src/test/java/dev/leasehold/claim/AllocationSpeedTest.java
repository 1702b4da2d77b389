package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Notices if a plan becomes ten times as slow as {@link AllocationFigures} measures it; no less,
 * since other tests may share the machine.
 */
class AllocationSpeedTest {

  private static final int WARM_UP = 20;
  private static final int ROUNDS = 11;
  private static final double MOST_MILLIS = 200;

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1250})
  void fiveThousandBucketsOverAHundredReplicasArePlannedInNoMoreThan200Milliseconds(
      int controllers) {
    Cluster cluster = new Cluster(1, controllers, AllocationFigures.BUCKETS);
    cluster.join(AllocationFigures.REPLICAS);
    cluster.scatter(1);
    double[] millis = AllocationFigures.millis(cluster, WARM_UP, ROUNDS);
    assertThat(millis[ROUNDS / 2])
        .as("median of %s ms", Arrays.toString(millis))
        .isLessThanOrEqualTo(MOST_MILLIS);
  }
}
