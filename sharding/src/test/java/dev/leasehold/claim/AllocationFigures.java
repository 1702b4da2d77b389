package dev.leasehold.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long it takes to plan 5,000 buckets over 100 replicas.
 *
 * <p>Run by name, {@code mvn -pl sharding -am test -Dtest=AllocationFigures
 * -Dsurefire.failIfNoSpecifiedTests=false}, on a machine that has nothing else to do: the figures
 * are times of the wall.
 */
class AllocationFigures {

  static final int REPLICAS = 100;
  static final int BUCKETS = 5_000;
  private static final int WARM_UP = 200;
  private static final int ROUNDS = 101;
  private static final double MOST_MILLIS = 20;

  @ParameterizedTest
  @CsvSource({
    "1, false",
    "10, false",
    "100, false",
    "625, false",
    "1250, false",
    "1, true",
    "10, true",
    "100, true",
    "625, true",
    "1250, true"
  })
  @SuppressWarnings("SystemOut") // Figures are for whoever asked for them.
  void planIsMadeWithin20Milliseconds(int controllers, boolean mixed) {
    Cluster cluster = new Cluster(1, controllers, BUCKETS);
    cluster.join(REPLICAS, mixed);
    cluster.scatter(1);
    double[] millis = millis(cluster, WARM_UP, ROUNDS);
    double median = millis[ROUNDS / 2];
    System.out.printf(
        "%4d controllers, %s: median %.1f ms, most %.1f ms%n",
        controllers,
        mixed ? "each replica runs a part" : "all run the same",
        median,
        millis[ROUNDS - 1]);
    if (!mixed) {
      assertThat(median).isLessThanOrEqualTo(MOST_MILLIS);
    }
  }

  /** How many milliseconds each of so many plans takes after the warm-up, in ascending order. */
  static double[] millis(Cluster cluster, int warmUp, int rounds) {
    for (int i = 0; i < warmUp; i++) {
      cluster.plan();
    }
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long before = System.nanoTime();
      cluster.plan();
      millis[i] = (System.nanoTime() - before) / 1e6;
    }
    Arrays.sort(millis);
    return millis;
  }
}
