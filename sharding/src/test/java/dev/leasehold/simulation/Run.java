package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.lock.LockSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One run of a scenario: faults for a while, then healing, and the invariants all the time. */
final class Run {

  /** So many events at one moment are an endless loop. */
  private static final int MOST_AT_ONCE = 20_000;

  /** Ten times as many as there usually are for a bucket or two. */
  private static final long MOST = 60_000;

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final Scenario scenario;
  private final VirtualTime time = new VirtualTime();
  private final Coverage coverage = new Coverage();
  private final Invariants invariants = new Invariants(time, coverage);
  private final World world;
  private final List<Replica> replicas = new ArrayList<>();
  private long events;
  private long latest;
  private int standstill;
  private long most;

  Run(Scenario scenario, boolean recording) {
    this.scenario = scenario;
    int buckets = scenario.load().controllers().values().stream().mapToInt(count -> count).sum();
    this.most = MOST * Math.max(1, buckets / 6);
    RandomGenerator random = new SplittableRandom(~scenario.seed());
    List<Keys> keys = new ArrayList<>();
    scenario
        .load()
        .controllers()
        .forEach(
            (name, count) -> keys.add(new Keys(name, count, scenario.load().keysPerController())));
    this.world =
        new World(
            scenario,
            time,
            random,
            new ApiServer(Simulation.COMPONENT, random),
            keys,
            invariants,
            coverage,
            new Timeline(time, recording));
    for (int i = 0; i < scenario.fleet().size(); i++) {
      MachineClock clock =
          new MachineClock(
              time,
              scenario.fleet().rates().get(i),
              random.nextLong(1000 * SECOND) - 500 * SECOND,
              1_700_000_000 * SECOND + random.nextLong(7200 * SECOND));
      replicas.add(new Replica(i, new Machine(time, clock), new Link(time, random), world));
    }
  }

  /** Takes so many events for an endless loop. */
  Run atMost(long events) {
    most = events;
    return this;
  }

  Report report() {
    Violation violation = null;
    try {
      run();
    } catch (Violation found) {
      violation = found;
    }
    return new Report(scenario.toString(), violation, coverage, events, world.timeline().lines());
  }

  private void run() {
    RandomGenerator random = world.random();
    Weather weather = new Weather(world, replicas);
    boolean together = random.nextBoolean();
    for (Replica replica : replicas) {
      long after = together ? random.nextLong(SECOND) : random.nextLong(10 * SECOND);
      weather.starts().after(after, replica);
    }
    weather.begin();
    changeKeys();
    runFor(scenario.trouble().lasting());
    weather.end();
    new Healing(world, replicas, weather.starts(), this::runFor).await();
    coverage.count(Happening.HEALED);
  }

  // ---- for scenarios that are written down rather than drawn ----

  Replica replica(int number) {
    return replicas.get(number);
  }

  /** Somebody who may write the component's Leases. */
  Outsider outsider() {
    return new Outsider(world);
  }

  Coverage coverage() {
    return coverage;
  }

  /** Changes every key once. */
  void changeKeysNow() {
    world.keys().forEach(keys -> keys.names().forEach(keys::change));
  }

  /** Whether somebody could start a key of the bucket now. */
  boolean isLed(Bucket bucket) {
    return !invariants.validGates(bucket).isEmpty();
  }

  /** The Leases as they are. */
  List<LockSnapshot> leases() {
    return world.server().all();
  }

  ApiServer server() {
    return world.server();
  }

  /** Waits, without any faults, until all is as it must be; throws a {@link Violation} if not. */
  void awaitHealed() {
    new Healing(world, replicas, new Starts(time), this::runFor).await();
  }

  private void changeKeys() {
    long lasting = scenario.trouble().lasting().toNanos();
    long every = scenario.load().keyChangeEvery().toNanos();
    for (Keys keys : world.keys()) {
      for (long at = 0; at < lasting; at += MILLI + world.random().nextLong(2 * every)) {
        String key = keys.names().get(world.random().nextInt(keys.names().size()));
        time.at(at, () -> keys.change(key));
      }
    }
  }

  /** Lets time pass; throws the first {@link Violation}. */
  void runFor(Duration duration) {
    long until = time.now() + duration.toNanos();
    while (time.stepUntil(until)) {
      events++;
      standstill = time.now() == latest ? standstill + 1 : 0;
      latest = time.now();
      if (standstill > MOST_AT_ONCE || events > most) {
        invariants.stuck("Something spins: there are too many events");
      }
      invariants.check();
    }
    invariants.check();
  }
}
