package dev.leasehold.simulation;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a simulation is set up.
 *
 * @param seed decides everything that is left to chance
 * @param timings each replica's periods; their number is the number of replicas
 * @param rates each machine's clock rate, in thousandths of the true one
 * @param controllers the bucket count of each controller
 * @param keysPerController how many resources each controller has
 * @param workers how many keys a controller runs at once in a process
 * @param drainTimeout how long running keys may take on a hand-over before they are interrupted
 * @param settlingTime how long nobody may have come or gone before what is led is moved
 * @param movesAtOnce how many such moves a replica has under way at once
 * @param requestTimeout how long a request may take, by its client's clock
 * @param reconciler what runs for the keys
 * @param keyChangeEvery how often some key changes, on average
 * @param faults how often each fault is brought about, on average; those left out are not
 * @param lasting how long there are faults, before everything is healed
 * @param wiring what stands between the replicas and their surroundings
 */
record Scenario(
    long seed,
    List<Timings> timings,
    List<Integer> rates,
    Map<String, Integer> controllers,
    int keysPerController,
    int workers,
    Duration drainTimeout,
    Duration settlingTime,
    int movesAtOnce,
    Duration requestTimeout,
    SimulatedReconciler reconciler,
    Duration keyChangeEvery,
    Map<Fault, Duration> faults,
    Duration lasting,
    Wiring wiring) {

  int replicas() {
    return timings.size();
  }

  /** The longest lease duration of any replica. */
  Duration longestLease() {
    return timings.stream()
        .map(Timings::leaseDuration)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  Scenario withReplicas(List<Timings> all, List<Integer> clockRates) {
    return new Scenario(
        seed,
        all,
        clockRates,
        controllers,
        keysPerController,
        workers,
        drainTimeout,
        settlingTime,
        movesAtOnce,
        requestTimeout,
        reconciler,
        keyChangeEvery,
        faults,
        lasting,
        wiring);
  }

  Scenario withControllers(Map<String, Integer> all) {
    return new Scenario(
        seed,
        timings,
        rates,
        all,
        keysPerController,
        workers,
        drainTimeout,
        settlingTime,
        movesAtOnce,
        requestTimeout,
        reconciler,
        keyChangeEvery,
        faults,
        lasting,
        wiring);
  }

  Scenario withFaults(Map<Fault, Duration> all) {
    return new Scenario(
        seed,
        timings,
        rates,
        controllers,
        keysPerController,
        workers,
        drainTimeout,
        settlingTime,
        movesAtOnce,
        requestTimeout,
        reconciler,
        keyChangeEvery,
        all,
        lasting,
        wiring);
  }

  Scenario withLasting(Duration duration) {
    return new Scenario(
        seed,
        timings,
        rates,
        controllers,
        keysPerController,
        workers,
        drainTimeout,
        settlingTime,
        movesAtOnce,
        requestTimeout,
        reconciler,
        keyChangeEvery,
        faults,
        duration,
        wiring);
  }

  Scenario withReconciler(SimulatedReconciler other) {
    return new Scenario(
        seed,
        timings,
        rates,
        controllers,
        keysPerController,
        workers,
        drainTimeout,
        settlingTime,
        movesAtOnce,
        requestTimeout,
        other,
        keyChangeEvery,
        faults,
        lasting,
        wiring);
  }

  Scenario withWiring(Wiring other) {
    return new Scenario(
        seed,
        timings,
        rates,
        controllers,
        keysPerController,
        workers,
        drainTimeout,
        settlingTime,
        movesAtOnce,
        requestTimeout,
        reconciler,
        keyChangeEvery,
        faults,
        lasting,
        other);
  }

  @Override
  public String toString() {
    return "seed %d: timings %s, clock rates %s, controllers %s with %d keys each, %d workers, drain %s, settling %s, %d moves at once, request timeout %s, faults %s for %s"
        .formatted(
            seed,
            timings,
            rates,
            controllers,
            keysPerController,
            workers,
            drainTimeout,
            settlingTime,
            movesAtOnce,
            requestTimeout,
            faults,
            lasting);
  }

  Scenario withSettling(Duration time) {
    return new Scenario(
        seed,
        timings,
        rates,
        controllers,
        keysPerController,
        workers,
        drainTimeout,
        time,
        movesAtOnce,
        requestTimeout,
        reconciler,
        keyChangeEvery,
        faults,
        lasting,
        wiring);
  }
}
