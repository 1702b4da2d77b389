package dev.leasehold.simulation;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a simulation is set up.
 *
 * @param seed decides everything that is left to chance
 * @param fleet the replicas
 * @param load what they work on
 * @param moving how they hand over
 * @param trouble what happens to them
 * @param wiring what stands between the replicas and their surroundings
 */
record Scenario(long seed, Fleet fleet, Load load, Moving moving, Trouble trouble, Wiring wiring) {

  /**
   * The replicas.
   *
   * @param timings each replica's periods; their number is the number of replicas
   * @param rates each machine's clock rate, in thousandths of the true one
   * @param requestTimeout how long a request may take, by its client's clock
   */
  record Fleet(List<Timings> timings, List<Integer> rates, Duration requestTimeout) {

    int size() {
      return timings.size();
    }

    /** The longest lease duration of any replica. */
    Duration longestLease() {
      return timings.stream()
          .map(Timings::leaseDuration)
          .max(Duration::compareTo)
          .orElse(Duration.ZERO);
    }
  }

  /**
   * What the replicas work on.
   *
   * @param controllers the bucket count of each controller
   * @param keysPerController how many resources each controller has
   * @param workers how many keys a controller runs at once in a process
   * @param reconciler what runs for the keys
   * @param keyChangeEvery how often some key changes, on average
   */
  record Load(
      Map<String, Integer> controllers,
      int keysPerController,
      int workers,
      SimulatedReconciler reconciler,
      Duration keyChangeEvery) {}

  /**
   * How buckets are handed over.
   *
   * @param drainTimeout how long running keys may take before they are interrupted
   * @param settlingTime how long nobody may have come or gone before what is led is moved
   * @param movesAtOnce how many such moves a replica has under way at once
   */
  record Moving(Duration drainTimeout, Duration settlingTime, int movesAtOnce) {}

  /**
   * What happens to the replicas.
   *
   * @param faults how often each fault is brought about, on average; those left out are not
   * @param lasting how long there are faults, before everything is healed
   */
  record Trouble(Map<Fault, Duration> faults, Duration lasting) {}

  Scenario withReplicas(List<Timings> timings, List<Integer> rates) {
    return new Scenario(
        seed, new Fleet(timings, rates, fleet.requestTimeout), load, moving, trouble, wiring);
  }

  Scenario withControllers(Map<String, Integer> controllers) {
    return withLoad(controllers, load.reconciler);
  }

  Scenario withReconciler(SimulatedReconciler reconciler) {
    return withLoad(load.controllers, reconciler);
  }

  Scenario withSettling(Duration time) {
    Moving settling = new Moving(moving.drainTimeout, time, moving.movesAtOnce);
    return new Scenario(seed, fleet, load, settling, trouble, wiring);
  }

  Scenario withFaults(Map<Fault, Duration> faults) {
    return withTrouble(new Trouble(faults, trouble.lasting));
  }

  Scenario withLasting(Duration duration) {
    return withTrouble(new Trouble(trouble.faults, duration));
  }

  Scenario withWiring(Wiring other) {
    return new Scenario(seed, fleet, load, moving, trouble, other);
  }

  private Scenario withLoad(Map<String, Integer> controllers, SimulatedReconciler reconciler) {
    Load other =
        new Load(
            controllers, load.keysPerController, load.workers, reconciler, load.keyChangeEvery);
    return new Scenario(seed, fleet, other, moving, trouble, wiring);
  }

  private Scenario withTrouble(Trouble other) {
    return new Scenario(seed, fleet, load, moving, other, wiring);
  }

  @Override
  public String toString() {
    return "seed %d: timings %s, clock rates %s, request timeout %s, controllers %s with %d keys each, %d workers, drain %s, settling %s, %d moves at once, faults %s for %s"
        .formatted(
            seed,
            fleet.timings,
            fleet.rates,
            fleet.requestTimeout,
            load.controllers,
            load.keysPerController,
            load.workers,
            moving.drainTimeout,
            moving.settlingTime,
            moving.movesAtOnce,
            trouble.faults,
            trouble.lasting);
  }
}
