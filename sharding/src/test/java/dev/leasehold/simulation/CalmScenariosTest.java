package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes and goes must not make buckets dance. How often one is opened says how often it moved.
 */
final class CalmScenariosTest {

  private static final int BUCKETS = 60;

  /** {@link Simulation#of} says so. */
  private static final int MOVES_AT_ONCE = 2;

  private static final Duration CALM = Duration.ofSeconds(1);
  private static final Duration NONE = Duration.ZERO;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSlowStartOfManyEndsInOneMoveForEachBucketAtMost(long seed) {
    assertThat(opensOnASlowStart(seed, CALM)).isBetween(BUCKETS * 18L / 10, BUCKETS * 2L);
  }

  @Test
  void withoutASettlingTimeASlowStartMakesBucketsDance() {
    assertThat(opensOnASlowStart(1, NONE)).isGreaterThan(BUCKETS * 2L);
  }

  /** Ten replicas, one every 300 ms. */
  private static long opensOnASlowStart(long seed, Duration settling) {
    Run run = simulation(seed, 10, settling).scripted();
    for (int i = 0; i < 10; i++) {
      run.replica(i).start();
      run.runFor(Duration.ofMillis(300));
    }
    run.awaitHealed();
    return run.coverage().of(Happening.OPENED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRolloutMovesEachBucketLittleMoreThanOnce(long seed) {
    Run run = simulation(seed, 8, CALM).scripted();
    for (int i = 0; i < 4; i++) {
      run.replica(i).start();
    }
    run.awaitHealed();
    long before = run.coverage().of(Happening.OPENED);
    for (int i = 0; i < 4; i++) {
      // As a Deployment does it: one more is started, and once that is ready an old one leaves.
      run.replica(4 + i).start();
      run.runFor(Duration.ofMillis(700));
      run.replica(i).leave(Duration.ofSeconds(20).toNanos());
      run.runFor(Duration.ofMillis(200));
    }
    run.awaitHealed();
    assertThat(run.coverage().of(Happening.OPENED) - before)
        .isBetween((long) BUCKETS, BUCKETS * 5L / 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsMovedToAReplicaThatIsNotReady(long seed) {
    Run run = simulation(seed, 3, CALM).scripted();
    run.replica(0).start();
    run.replica(1).start();
    run.awaitHealed();
    long before = run.coverage().of(Happening.OPENED);
    SimulatedProcess unused = run.replica(2).startUnready();
    run.runFor(Duration.ofSeconds(5));
    assertThat(run.coverage().of(Happening.OPENED)).isEqualTo(before);
    run.replica(2).becomeReady();
    run.awaitHealed();
    assertThat(run.replica(2).led()).hasSize(BUCKETS / 3);
    // Each of its buckets was opened once, and no other changed hands on the way.
    assertThat(run.coverage().of(Happening.OPENED) - before).isEqualTo(BUCKETS / 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aReplicaThatFlapsIsSoonGivenNothingAnyMoreUntilItStays(long seed) {
    Run run = simulation(seed, 3, CALM).scripted();
    run.replica(0).start();
    run.replica(1).start();
    run.awaitHealed();
    long before = run.coverage().of(Happening.OPENED);
    for (int i = 0; i < 20; i++) {
      run.replica(2).start();
      run.runFor(Duration.ofSeconds(4));
      run.replica(2).crash();
      run.runFor(Duration.ofSeconds(6));
    }
    // Each share that it gets and dies with costs two openings for each of its buckets.
    long shares = (run.coverage().of(Happening.OPENED) - before) / (2 * BUCKETS / 3);
    assertThat(shares).isBetween(2L, 5L);
    run.replica(2).start();
    run.awaitHealed();
    assertThat(run.replica(2).led()).hasSize(BUCKETS / 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aReplicaThatLeavesClosesWhatIsIdleOnlyWhenItsTurnHasCome(long seed) {
    Run run = simulation(seed, 3, CALM).scripted();
    for (int i = 0; i < 3; i++) {
      run.replica(i).start();
    }
    run.awaitHealed();
    run.replica(0).leave(Duration.ofSeconds(20).toNanos());
    int least = BUCKETS;
    for (int i = 0; i < 2_000; i++) {
      run.runFor(Duration.ofMillis(1));
      int led = 0;
      for (int replica = 0; replica < 3; replica++) {
        led += run.replica(replica).led().size();
      }
      least = Math.min(least, led);
    }
    run.awaitHealed();
    // A new holder opens when it sees the swap, which may be later than the old one does.
    assertThat(BUCKETS - least).isBetween(1, 4 * MOVES_AT_ONCE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aReplicaThatLeavesIsDoneInTimeThoughTheApiServerIsSlow(long seed) {
    int buckets = 270;
    Run run =
        Simulation.of(seed)
            .replicas(3)
            .controller("page", buckets)
            .settling(CALM)
            .lasting(NONE)
            .reconciler((running, random) -> new SimulatedReconciler.Course(NONE, true, false))
            .scripted();
    for (int i = 0; i < 3; i++) {
      run.replica(i).start();
    }
    run.awaitHealed();
    for (int i = 0; i < 3; i++) {
      run.replica(i).link.slow(Duration.ofMillis(250).toNanos());
    }
    assertThat(run.replica(0).led()).hasSize(buckets / 3);
    run.replica(0).leave(Duration.ofSeconds(60).toNanos());
    run.runFor(Duration.ofSeconds(10));
    assertThat(run.replica(0).isUp()).isFalse();
    assertThat(run.coverage().of(Happening.LEFT)).isOne();
  }

  private static Simulation simulation(long seed, int replicas, Duration settling) {
    return Simulation.of(seed)
        .replicas(replicas)
        .controller("page", BUCKETS)
        .settling(settling)
        .lasting(NONE)
        .reconciler((run, random) -> new SimulatedReconciler.Course(NONE, true, false));
  }
}
