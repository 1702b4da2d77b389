package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Versions with different bucket counts side by side, with a rollback in between. That nobody
 * removes a Lease of a bucket that is open is an invariant; here it is that all others are removed.
 */
final class LayoutScenariosTest {

  /** {@link Simulation#of} says so. */
  private static final Duration LEASE = Duration.ofSeconds(3);

  /** More than the safe time of the housekeeping, by any clock. */
  private static final Duration LONG = LEASE.multipliedBy(5);

  private static final String OLD = "-of-03";
  private static final String NEW = "-of-04";

  private final List<Keys> old = List.of(new Keys("page", 3, 8));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatNoReplicaRunsAnyMoreIsRemovedAndNothingElse(long seed) {
    Run run =
        Simulation.of(seed)
            .replicas(3)
            .controller("page", 4)
            .lasting(Duration.ZERO)
            .reconciler(
                (running, random) ->
                    new SimulatedReconciler.Course(Duration.ofMillis(50), true, false))
            .scripted();
    for (int i = 0; i < 3; i++) {
      run.replica(i).link.heal();
      run.replica(i).start(old);
    }
    run.runFor(LONG);
    assertLed(run, 3, 0);

    // Two of three are replaced.
    leave(run, 0);
    run.replica(0).start();
    leave(run, 1);
    run.replica(1).start();
    run.runFor(LONG);
    assertLed(run, 3, 4);

    // And back: one by a crash.
    run.replica(0).crash();
    run.replica(0).start(old);
    run.runFor(LONG);
    assertLed(run, 3, 4);
    leave(run, 1);
    run.replica(1).start(old);
    run.runFor(LONG);
    assertLed(run, 3, 0);

    // And all again, the last one by a crash.
    leave(run, 0);
    run.replica(0).start();
    leave(run, 1);
    run.replica(1).start();
    run.replica(2).crash();
    run.replica(2).start();
    run.awaitHealed();
    run.runFor(LONG);
    assertLed(run, 0, 4);
  }

  private static void leave(Run run, int replica) {
    run.replica(replica).leave(LEASE.toNanos());
    run.runFor(LEASE.plusMillis(1));
    assertThat(run.replica(replica).isUp()).isFalse();
  }

  /** So many buckets of each layout have Leases, and all of them are led. */
  private void assertLed(Run run, int oldOnes, int newOnes) {
    assertThat(leases(run, OLD)).as("Leases of the old layout").isEqualTo(oldOnes);
    assertThat(leases(run, NEW)).as("Leases of the new layout").isEqualTo(newOnes);
    if (oldOnes > 0) {
      assertThat(old.get(0).buckets.buckets()).allMatch(run::isLed);
    }
    if (newOnes > 0) {
      assertThat(new Keys("page", 4, 8).buckets.buckets()).allMatch(run::isLed);
    }
  }

  private static long leases(Run run, String suffix) {
    return run.leases().stream().filter(lock -> lock.name().endsWith(suffix)).count();
  }
}
