package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.BucketWork;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.claim.Deposed;
import dev.leasehold.claim.ShardCoordinator;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardSettings;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.lock.LockFeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One replica of the component: a machine with a network, and the processes that live on it. */
final class Replica {

  private static final long MILLI = 1_000_000;

  final int number;
  final Machine machine;
  final Link link;
  private final World world;
  private int lives;
  private boolean leaving;
  private @Nullable SimulatedProcess process;
  private @Nullable RemoteFeed feed;
  private @Nullable ShardCoordinator coordinator;
  private List<SimulatedController> controllers = List.of();

  Replica(int number, Machine machine, Link link, World world) {
    this.number = number;
    this.machine = machine;
    this.link = link;
    this.world = world;
  }

  boolean isUp() {
    return process != null;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Whether a process runs that has not seen the Leases yet. */
  boolean isBlind() {
    return feed != null && !feed.hasListed();
  }

  Optional<RemoteFeed> feed() {
    return Optional.ofNullable(feed);
  }

  /** What the process says of itself. */
  Optional<ShardCoordinator> coordinator() {
    return Optional.ofNullable(coordinator);
  }

  /** Starts a process, which can work once its caches are filled. */
  void start() {
    start(world.keys());
  }

  /** Starts a process of a version that has these controllers. */
  void start(List<Keys> layout) {
    SimulatedProcess born = startUnready(layout);
    born.runAfter(world.random().nextLong(500 * MILLI), this::fillCaches);
  }

  /** Starts a process that is a member and leads nothing until {@link #becomeReady}. */
  SimulatedProcess startUnready() {
    return startUnready(world.keys());
  }

  private SimulatedProcess startUnready(List<Keys> layout) {
    SimulatedProcess born =
        new SimulatedProcess(
            "r" + number + "." + ++lives,
            machine,
            world.time(),
            world.scenario().fleet().timings().get(number).leaseDuration().toNanos(),
            world.random(),
            world.invariants());
    world.timeline().note(born.name, () -> "STARTS");
    process = born;
    leaving = false;
    RemoteFeed watch = new RemoteFeed(link, born, world);
    feed = watch;
    Scenario scenario = world.scenario();
    Wiring wiring = scenario.wiring();
    controllers = layout.stream().map(keys -> new SimulatedController(born, keys, world)).toList();
    Map<List<Bucket>, BucketWork> works = new LinkedHashMap<>();
    controllers.forEach(each -> works.put(each.buckets(), wiring.work(each, born)));
    LockFeed watched = wiring.feed(watch, born);
    ShardCoordinator.Locks locks =
        new ShardCoordinator.Locks(
            wiring.members(store(born, Happening.RENEWAL_DONE_AFTER_ITS_TIMEOUT), watched, born),
            wiring.buckets(
                store(born, Happening.CLAIM_DONE_AFTER_ITS_TIMEOUT), world.server()::read, born),
            watched);
    ShardCoordinator created =
        new ShardCoordinator(
            born,
            locks,
            LeaseNames.of(Simulation.COMPONENT),
            new ShardSettings(
                scenario.fleet().timings().get(number),
                scenario.moving().drainTimeout(),
                scenario.moving().settlingTime(),
                scenario.moving().movesAtOnce(),
                Deposed.REJOIN),
            works,
            wiring.identities(this::identity, number),
            new Listener(born));
    coordinator = created;
    born.run(created::start);
    return born;
  }

  /** What {@link #start} does a little later by itself. */
  void becomeReady() {
    SimulatedProcess waiting = process;
    if (waiting != null) {
      waiting.run(this::fillCaches);
    }
  }

  private void fillCaches() {
    controllers.forEach(SimulatedController::fillCache);
    coordinator().ifPresent(ShardCoordinator::ready);
  }

  /** Kills the process. */
  void crash() {
    SimulatedProcess dying = process;
    if (dying == null) {
      return;
    }
    world.timeline().note(dying.name, () -> "DIES");
    dying.die();
    world.invariants().died(dying);
    controllers.forEach(SimulatedController::died);
    feed().ifPresent(RemoteFeed::close);
    process = null;
    feed = null;
    coordinator = null;
    controllers = List.of();
    leaving = false;
  }

  /**
   * Asks the process to leave, and kills it if that takes too long.
   *
   * @param patienceNanos how long it may take
   */
  void leave(long patienceNanos) {
    SimulatedProcess asked = process;
    ShardCoordinator asking = coordinator;
    if (asked == null || asking == null || leaving) {
      return;
    }
    leaving = true;
    world.timeline().note(asked.name, () -> "IS TO LEAVE");
    asked.run(
        () -> {
          var unused =
              asking
                  .leave()
                  .thenRun(
                      () -> {
                        world.coverage().count(Happening.LEFT);
                        world.time().after(0, () -> endOf(asked));
                      });
        });
    world
        .time()
        .after(
            patienceNanos,
            () -> {
              if (process == asked) {
                world.coverage().count(Happening.KILLED_WHILE_LEAVING);
                crash();
              }
            });
  }

  private void endOf(SimulatedProcess asked) {
    if (process == asked) {
      crash();
    }
  }

  private RemoteStore store(SimulatedProcess born, Happening doneLate) {
    return new RemoteStore(link, born, world, doneLate);
  }

  private String identity() {
    return "r%d_%02x%06x".formatted(number, lives, world.random().nextInt(1 << 24));
  }

  /** The buckets that are open in the process under a valid term. */
  List<Bucket> led() {
    List<Bucket> led = new ArrayList<>();
    for (Keys keys : world.keys()) {
      for (Bucket bucket : keys.buckets.buckets()) {
        for (Gate gate : world.invariants().validGates(bucket)) {
          if (gate.process() == process) {
            led.add(bucket);
          }
        }
      }
    }
    return led;
  }

  /** Counts and tells what the replica says of itself. */
  private final class Listener implements ShardListener {

    private final SimulatedProcess of;

    Listener(SimulatedProcess of) {
      this.of = of;
    }

    @Override
    public void joined(TermView term) {
      world.coverage().count(Happening.JOINED);
      world.invariants().joined(term.identity(), of);
      world.timeline().note(of.name, () -> "JOINS as " + term.identity() + "@" + term.epoch());
    }

    @Override
    public void left(TermView term, EndCause cause) {
      world.timeline().note(of.name, () -> "IS OVER as " + term.identity() + ": " + cause.text());
      switch (cause) {
        case EXPIRED -> world.coverage().count(Happening.TERM_EXPIRED);
        case DELETED -> world.coverage().count(Happening.MEMBER_DELETED);
        case EDITED, TAKEN -> world.coverage().count(Happening.MEMBER_EDITED);
        case RESIGNED -> {}
      }
    }

    @Override
    public void demoted(Bucket bucket, TermView term, CloseCause cause) {
      world.timeline().note(of.name, () -> "closed " + bucket + ": " + cause.text());
      switch (cause) {
        case TAKEN -> world.coverage().count(Happening.CLOSED_TAKEN);
        case EDITED -> world.coverage().count(Happening.CLOSED_EDITED);
        case DELETED -> world.coverage().count(Happening.CLOSED_DELETED);
        case TERM_OVER -> world.coverage().count(Happening.CLOSED_TERM_OVER);
        case RELEASE -> world.coverage().count(Happening.CLOSED_RELEASE);
        case HAND_OVER -> {}
      }
    }
  }
}
