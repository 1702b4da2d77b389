package dev.leasehold.simulation;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Several replicas of a component in one thread, in virtual time, with whatever goes wrong around
 * them. The same seed and settings bring the same events.
 *
 * <pre>{@code
 * Simulation.of(42).replicas(3).controller("page", 4).fault(Fault.CRASH, Duration.ofSeconds(20))
 *     .reconciler(mine).run().orThrow();
 * }</pre>
 *
 * <p>Immutable: each method returns another simulation. Thread-safe, if the reconciler is.
 */
public final class Simulation {

  /** The component that the replicas are of. */
  public static final String COMPONENT = "shop";

  private static final Timings SHORT =
      new Timings(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(500));

  private final Scenario scenario;

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Two replicas with short periods, no controller and no faults. */
  public static Simulation of(long seed) {
    return new Simulation(
        new Scenario(
            seed,
            new Scenario.Fleet(List.of(SHORT, SHORT), List.of(1000, 1000), Duration.ofSeconds(1)),
            new Scenario.Load(
                Map.of(), 8, 2, SimulatedReconciler.ofAllKinds(), Duration.ofSeconds(2)),
            new Scenario.Moving(Duration.ofSeconds(2), Duration.ofMillis(300), 2),
            new Scenario.Trouble(Map.of(), Duration.ofMinutes(1)),
            new Wiring()));
  }

  /** Everything is left to chance: replicas, periods, clocks, controllers and faults. */
  public static Simulation random(long seed) {
    return new Simulation(RandomScenario.of(seed));
  }

  /** So many replicas, with the periods of the first one and clocks of random rates. */
  public Simulation replicas(int count) {
    RandomGenerator random = new SplittableRandom(scenario.seed());
    List<Timings> timings = new ArrayList<>();
    List<Integer> rates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      timings.add(scenario.fleet().timings().get(0));
      rates.add(RandomScenario.rate(random));
    }
    return new Simulation(scenario.withReplicas(timings, rates));
  }

  /** Each replica's periods; their number is the number of replicas. */
  public Simulation timings(Timings... each) {
    return new Simulation(scenario.withReplicas(List.of(each), scenario.fleet().rates()))
        .replicasLike(List.of(each));
  }

  private Simulation replicasLike(List<Timings> timings) {
    Simulation same = replicas(timings.size());
    return new Simulation(same.scenario.withReplicas(timings, same.scenario.fleet().rates()));
  }

  /** Each machine's clock rate, in thousandths of the true one. */
  public Simulation clockRates(Integer... perMille) {
    return new Simulation(scenario.withReplicas(scenario.fleet().timings(), List.of(perMille)));
  }

  /** Half of the clocks run faster and half slower, by so many thousandths. */
  Simulation deviating(int thousandths) {
    Integer[] rates = new Integer[scenario.fleet().size()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = i % 2 == 0 ? 1000 - thousandths : 1000 + thousandths;
    }
    return clockRates(rates);
  }

  /** Another controller, with so many buckets. */
  public Simulation controller(String name, int buckets) {
    Map<String, Integer> all = new LinkedHashMap<>(scenario.load().controllers());
    all.put(name, buckets);
    return new Simulation(scenario.withControllers(all));
  }

  /** A fault that is brought about at random times. */
  public Simulation fault(Fault fault, Duration everySoOften) {
    Map<Fault, Duration> all = new EnumMap<>(Fault.class);
    all.putAll(scenario.trouble().faults());
    all.put(fault, everySoOften);
    return new Simulation(scenario.withFaults(all));
  }

  /** These faults and no others, each about once in a lease duration. */
  public Simulation only(Fault... faults) {
    Map<Fault, Duration> all = new EnumMap<>(Fault.class);
    for (Fault fault : faults) {
      all.put(fault, scenario.fleet().longestLease());
    }
    return new Simulation(scenario.withFaults(all));
  }

  /** How long there are faults, before everything is healed. */
  public Simulation lasting(Duration duration) {
    return new Simulation(scenario.withLasting(duration));
  }

  /** How long nobody may have come or gone before buckets that are led are moved. */
  public Simulation settling(Duration time) {
    return new Simulation(scenario.withSettling(time));
  }

  /** What runs for the keys of all controllers. */
  public Simulation reconciler(SimulatedReconciler reconciler) {
    return new Simulation(scenario.withReconciler(reconciler));
  }

  /** What stands between the replicas and their surroundings. */
  public Simulation wiring(Wiring wiring) {
    return new Simulation(scenario.withWiring(wiring));
  }

  /** Runs it to its end or to the first violation. */
  public Report run() {
    return new Run(scenario, false).report();
  }

  /** Runs it, and takes so many events for an endless loop. */
  Report run(long mostEvents) {
    return new Run(scenario, false).atMost(mostEvents).report();
  }

  /** Runs it and writes down what happens, which takes longer. */
  public Report runWithTimeline() {
    return new Run(scenario, true).report();
  }

  /** Sets it up for a course of events that a test writes down itself. */
  Run scripted() {
    return new Run(scenario, false);
  }

  @Override
  public String toString() {
    return scenario.toString();
  }
}
