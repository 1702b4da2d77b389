package dev.leasehold.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Brings faults about, at random times, and ends them.
 *
 * <p>It doesn't set a wall clock back shortly before a suspension, since then both of a machine's
 * clocks are wrong and Leasehold doesn't promise to survive it.
 */
final class Weather {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final World world;
  private final List<Replica> replicas;
  private final Starts starts;
  private final Interference interference;
  private final RandomGenerator random;
  private final long lease;
  private boolean over;
  private long suspensionsFrom;

  Weather(World world, List<Replica> replicas) {
    this.world = world;
    this.replicas = replicas;
    this.starts = new Starts(world.time());
    this.interference = new Interference(world, replicas, starts);
    this.random = world.random();
    this.lease = world.scenario().fleet().longestLease().toNanos();
  }

  void begin() {
    world.scenario().trouble().faults().forEach(this::plan);
  }

  private void plan(Fault fault, Duration every) {
    long after = (long) (-Math.log(1 - random.nextDouble()) * every.toNanos());
    world
        .time()
        .after(
            after,
            () -> {
              if (!over) {
                if (bringAbout(fault)) {
                  world.coverage().count(fault);
                }
                plan(fault, every);
              }
            });
  }

  /** Ends all faults; what was down is started, mostly. */
  void end() {
    over = true;
    world.timeline().note("weather", () -> "HEALS");
    for (Replica replica : replicas) {
      replica.link.heal();
      replica.feed().ifPresent(feed -> feed.late(0));
      if (replica.machine.isFrozen()) {
        replica.machine.thaw();
      }
    }
    interference.end();
    boolean someUp = replicas.stream().anyMatch(replica -> replica.isUp() && !replica.isLeaving());
    for (Replica replica : replicas) {
      if (!replica.isUp() && (!someUp || random.nextInt(4) > 0)) {
        someUp = true;
        starts.after(0, replica);
      }
    }
  }

  /** How processes are started. */
  Starts starts() {
    return starts;
  }

  private boolean bringAbout(Fault fault) {
    Replica replica = replicas.get(random.nextInt(replicas.size()));
    return switch (fault) {
      case PAUSE -> freeze(replica, false);
      case SUSPEND -> world.time().now() >= suspensionsFrom && freeze(replica, true);
      case CRASH -> crash(replica);
      case LEAVE -> leave(replica);
      case CUT_UP -> cut(replica, true, false);
      case CUT_DOWN -> cut(replica, false, true);
      case CUT -> cut(replica, true, true);
      case SLOW -> slow(replica);
      case LOSSY -> lossy(replica);
      case WATCH_DROPPED -> watch(replica, RemoteFeed::drop);
      case WATCH_EXPIRED -> watch(replica, RemoteFeed::expire);
      case WATCH_DEAD -> watch(replica, RemoteFeed::playDead);
      case WATCH_REPEATS -> watch(replica, RemoteFeed::repeat);
      case WATCH_LATE -> late(replica);
      case WALL_JUMP -> jump(replica);
      default -> interference.bringAbout(fault);
    };
  }

  // ---- processes ----

  private boolean freeze(Replica replica, boolean suspend) {
    if (!replica.isUp() || replica.machine.isFrozen()) {
      return false;
    }
    note(replica, suspend ? "IS SUSPENDED" : "IS PAUSED");
    if (suspend) {
      replica.machine.suspend();
    } else {
      replica.machine.pause();
    }
    after(
        aWhile(),
        () -> {
          if (replica.machine.isFrozen()) {
            note(replica, "GOES ON");
            replica.machine.thaw();
          }
        });
    return true;
  }

  private boolean crash(Replica replica) {
    if (!replica.isUp()) {
      return false;
    }
    replica.crash();
    starts.after(random.nextInt(3) == 0 ? random.nextLong(SECOND) : aWhile(), replica);
    return true;
  }

  private boolean leave(Replica replica) {
    if (!replica.isUp() || replica.isLeaving()) {
      return false;
    }
    long patience = 2 * lease + random.nextLong(20 * SECOND);
    replica.leave(patience);
    starts.after(patience + random.nextLong(5 * SECOND), replica);
    return true;
  }

  // ---- network and clocks ----

  private boolean cut(Replica replica, boolean up, boolean down) {
    note(replica, "is cut" + (up ? " up" : "") + (down ? " down" : ""));
    replica.link.cut(up, down);
    after(
        aWhile(),
        () -> {
          note(replica, "is connected again");
          replica.link.restore();
        });
    return true;
  }

  private boolean slow(Replica replica) {
    long upTo = 100 * MILLI + random.nextLong(lease);
    note(replica, "is slow");
    replica.link.slow(upTo);
    after(aWhile(), () -> replica.link.slow(0));
    return true;
  }

  private boolean lossy(Replica replica) {
    note(replica, "loses messages");
    replica.link.lossy(true);
    after(aWhile(), () -> replica.link.lossy(false));
    return true;
  }

  private boolean late(Replica replica) {
    long upTo = 100 * MILLI + random.nextLong(lease);
    return watch(
        replica,
        feed -> {
          feed.late(upTo);
          after(aWhile(), () -> feed.late(0));
        });
  }

  private boolean watch(Replica replica, Consumer<RemoteFeed> what) {
    note(replica, "has trouble with its watch");
    replica.feed().ifPresent(what);
    return replica.feed().isPresent();
  }

  private boolean jump(Replica replica) {
    long seconds = random.nextBoolean() ? 1 + random.nextInt(60) : 3_600L * (1 + random.nextInt(9));
    boolean back = random.nextBoolean();
    if (back) {
      boolean anySuspended = replica.machine.isFrozen();
      if (anySuspended) {
        return false;
      }
      suspensionsFrom = world.time().now() + 2 * lease;
    }
    note(replica, "'s wall clock jumps by " + (back ? -seconds : seconds) + " s");
    replica.machine.clock.jump((back ? -seconds : seconds) * SECOND);
    return true;
  }

  // ---- shared ----

  private long aWhile() {
    return random.nextInt(3) == 0 ? random.nextLong(2 * SECOND) : random.nextLong(3 * lease);
  }

  private void after(long nanos, Runnable task) {
    world.time().after(nanos, task);
  }

  private void note(Replica replica, String what) {
    world.timeline().note("r" + replica.number, () -> what);
  }
}
