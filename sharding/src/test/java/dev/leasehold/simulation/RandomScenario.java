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
 * Draws a scenario. Each has only some of the faults, some of them often: with all of them at once
 * nothing would ever come far enough to go wrong.
 */
final class RandomScenario {

  private static final Timings SHORT = timings(3, 2_000, 450);
  private static final Timings MIDDLE = timings(5, 3_300, 800);
  private static final Timings USUAL = timings(15, 10_000, 2_000);

  /** A fast clock against a slow one: 1.15 : 0.85 is less than any lease duration : deadline. */
  private static final int MOST_DEVIATION = 150;

  private RandomScenario() {}

  static Scenario of(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int replicas = 2 + random.nextInt(3);
    List<Timings> timings = new ArrayList<>();
    List<Integer> rates = new ArrayList<>();
    Timings common = oneOf(random);
    boolean mixed = random.nextInt(5) == 0;
    for (int i = 0; i < replicas; i++) {
      timings.add(mixed ? oneOf(random) : common);
      rates.add(rate(random));
    }
    Map<String, Integer> controllers = new LinkedHashMap<>();
    int layouts = 1 + random.nextInt(2);
    for (int i = 0; i < layouts; i++) {
      controllers.put(i == 0 ? "page" : "site", 1 + random.nextInt(3));
    }
    long lease =
        timings.stream().mapToLong(each -> each.leaseDuration().toMillis()).max().orElse(0);
    int keys = 2 + random.nextInt(6);
    int workers = 1 + random.nextInt(3);
    Scenario.Moving moving =
        new Scenario.Moving(
            Duration.ofMillis(500 + random.nextLong(4_000)),
            Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextLong(lease / 5)),
            1 + random.nextInt(3));
    Duration requestTimeout = Duration.ofMillis(lease / 15 + random.nextLong(lease / 3));
    Duration keyChangeEvery = Duration.ofMillis(500 + random.nextLong(3_000));
    return new Scenario(
        seed,
        new Scenario.Fleet(timings, rates, requestTimeout),
        new Scenario.Load(
            controllers, keys, workers, SimulatedReconciler.ofAllKinds(), keyChangeEvery),
        moving,
        new Scenario.Trouble(
            faults(random, lease),
            Duration.ofMillis(Math.min(120_000, lease * (4 + random.nextLong(9))))),
        new Wiring());
  }

  static int rate(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> 1000 - MOST_DEVIATION;
      case 1 -> 1000 + MOST_DEVIATION;
      default -> 1000 - MOST_DEVIATION + random.nextInt(2 * MOST_DEVIATION + 1);
    };
  }

  private static Map<Fault, Duration> faults(RandomGenerator random, long leaseMillis) {
    Map<Fault, Duration> faults = new EnumMap<>(Fault.class);
    int oneIn = 2 + random.nextInt(6);
    for (Fault fault : Fault.values()) {
      if (random.nextInt(oneIn) == 0) {
        long every = leaseMillis / 2 + random.nextLong(6 * leaseMillis);
        faults.put(fault, Duration.ofMillis(every));
      }
    }
    return faults;
  }

  private static Timings oneOf(RandomGenerator random) {
    int dice = random.nextInt(10);
    return dice < 6 ? SHORT : dice < 8 ? MIDDLE : USUAL;
  }

  private static Timings timings(int leaseSeconds, int deadlineMillis, int retryMillis) {
    return new Timings(
        Duration.ofSeconds(leaseSeconds),
        Duration.ofMillis(deadlineMillis),
        Duration.ofMillis(retryMillis));
  }
}
