package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Collections;

/**
 * Replicas that start, or are at rest, each with its share of many buckets, to see what a component
 * of that size asks of the API server.
 *
 * <p>The network loses nothing here and all clocks run at the true rate, unlike in other
 * simulations, so what is counted is the protocol's.
 */
final class LargeComponent {

  static final Timings TIMINGS = Timings.defaults();

  /** A controller can't have as many buckets as the largest component has. */
  private static final int CONTROLLERS = 4;

  private static final Duration JOINING = Duration.ofSeconds(15);

  /** Enough for a task of a loop to begin, and too short for an answer. */
  private static final Duration SENDING = Duration.ofNanos(150_000);

  /** Enough for any request. */
  private static final Duration ARRIVING = Duration.ofMillis(10);

  private static final Duration SETTLING = Duration.ofSeconds(10);

  private LargeComponent() {}

  /**
   * Has so many replicas lead even shares, without the way there.
   *
   * @param traffic what counts what they ask
   */
  static Run atRest(Traffic traffic, int replicas, int buckets) {
    Run run = run(traffic, replicas, buckets);
    for (int i = 0; i < replicas; i++) {
      run.replica(i).link.heal();
      SimulatedProcess unused = run.replica(i).startUnready();
    }
    run.runFor(JOINING);
    // A replica leads nothing before everybody may have seen it ready, and takes what is free once
    // it has seen that itself. So all say it, and are held until there are Leases for it, too.
    for (int i = 0; i < replicas; i++) {
      run.replica(i).becomeReady();
    }
    run.runFor(SENDING);
    for (int i = 0; i < replicas; i++) {
      run.replica(i).machine.pause();
    }
    run.runFor(ARRIVING);
    for (int i = 0; i < CONTROLLERS; i++) {
      PlantedClaims.plant(run.server(), controller(i), buckets / CONTROLLERS);
    }
    for (int i = 0; i < replicas; i++) {
      run.replica(i).machine.thaw();
    }
    run.runFor(SETTLING);
    assertBalanced(run, replicas, buckets);
    return run;
  }

  /** Has so many replicas start at once, with nothing there. */
  static Run starting(Traffic traffic, int replicas, int buckets) {
    Run run = run(traffic, replicas, buckets);
    for (int i = 0; i < replicas; i++) {
      run.replica(i).link.heal();
      run.replica(i).start();
    }
    return run;
  }

  /** Asserts that each replica leads its share. */
  static void assertBalanced(Run run, int replicas, int buckets) {
    for (int i = 0; i < replicas; i++) {
      assertThat(run.replica(i).led().size())
          .as("led by replica %d", i)
          .isBetween(buckets / replicas, buckets / replicas + 1);
    }
  }

  private static Run run(Traffic traffic, int replicas, int buckets) {
    Simulation simulation = Simulation.of(1);
    for (int i = 0; i < CONTROLLERS; i++) {
      simulation = simulation.controller(controller(i), buckets / CONTROLLERS);
    }
    return simulation
        .timings(Collections.nCopies(replicas, TIMINGS).toArray(Timings[]::new))
        .clockRates(Collections.nCopies(replicas, 1000).toArray(Integer[]::new))
        .settling(Duration.ofSeconds(1))
        .lasting(Duration.ZERO)
        .reconciler((running, random) -> new SimulatedReconciler.Course(Duration.ZERO, true, false))
        .wiring(traffic)
        .scripted()
        .atMost(Long.MAX_VALUE);
  }

  private static String controller(int number) {
    return "page-" + number;
  }
}
