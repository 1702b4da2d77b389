package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A replica that is heard and hears nothing loses its term, and asks for a new membership that it
 * never learns of. Whoever sees that leaves its buckets to it, until that membership lapses as
 * well: two lease durations, and no more. Found by a campaign of faults.
 */
final class DeafScenariosTest {

  private static final int REPLICAS = 3;
  private static final int BUCKETS = 6;

  /** Of {@link Simulation#of}. */
  private static final Duration LEASE = Duration.ofSeconds(3);

  /** For writes, their echoes and the steps in which time is looked at. */
  private static final Duration LATENCY = Duration.ofMillis(100);

  @ParameterizedTest
  @CsvSource({"1, 1500", "1, 2500", "2, 3500", "3, 4500", "4, 5500", "5, 9000", "6, 15000"})
  void bucketsAreUnledForTwoLeaseDurationsAtMostHoweverLongItIsDeaf(long seed, long millis) {
    assertThat(longestUnled(seed, Duration.ofMillis(millis)))
        .isLessThanOrEqualTo(LEASE.multipliedBy(2).plus(LATENCY));
  }

  /** For how long nobody led some bucket, while the first replica hears nothing and afterwards. */
  private static Duration longestUnled(long seed, Duration deaf) {
    Run run =
        Simulation.of(seed)
            .replicas(REPLICAS)
            .clockRates(1000, 1000, 1000)
            .controller("page", BUCKETS)
            .lasting(Duration.ZERO)
            .reconciler(
                (running, random) -> new SimulatedReconciler.Course(Duration.ZERO, true, false))
            .scripted();
    for (int i = 0; i < REPLICAS; i++) {
      // So that nothing else gets lost.
      run.replica(i).link.heal();
      run.replica(i).start();
    }
    run.awaitHealed();
    run.replica(0).link.cut(false, true);
    Map<Bucket, Integer> unled = new HashMap<>();
    int longest = watch(run, deaf, unled);
    run.replica(0).link.restore();
    longest = Math.max(longest, watch(run, LEASE.multipliedBy(3), unled));
    run.awaitHealed();
    return Duration.ofMillis(longest);
  }

  /** Counts the milliseconds without a leader on for each bucket; returns the most of any. */
  private static int watch(Run run, Duration time, Map<Bucket, Integer> unled) {
    int longest = 0;
    Set<Bucket> all = new HashSet<>();
    for (int i = 0; i < REPLICAS; i++) {
      all.addAll(run.replica(i).led());
    }
    all.addAll(unled.keySet());
    for (int millis = 0; millis < time.toMillis(); millis++) {
      run.runFor(Duration.ofMillis(1));
      Set<Bucket> led = new HashSet<>();
      for (int i = 0; i < REPLICAS; i++) {
        led.addAll(run.replica(i).led());
      }
      for (Bucket bucket : all) {
        int now = led.contains(bucket) ? 0 : unled.getOrDefault(bucket, 0) + 1;
        unled.put(bucket, now);
        longest = Math.max(longest, now);
      }
    }
    return longest;
  }
}
