package dev.leasehold.simulation;

import dev.leasehold.lock.LockSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Brings faults about, at random times, and ends them.
 *
 * <p>Two things it never does, since Leasehold doesn't promise to survive them: it lets no process
 * start within a lease duration of an outsider's removal of the last member Lease, and it doesn't
 * set a wall clock back shortly before a suspension.
 */
final class Weather {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private final World world;
  private final List<Replica> replicas;
  private final Outsider outsider;
  private final RandomGenerator random;
  private final long lease;
  private boolean over;
  private long startsFrom;
  private long suspensionsFrom;

  Weather(World world, List<Replica> replicas) {
    this.world = world;
    this.replicas = replicas;
    this.outsider = new Outsider(world);
    this.random = world.random();
    this.lease = world.scenario().longestLease().toNanos();
  }

  void begin() {
    world.scenario().faults().forEach(this::plan);
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
      replica.link.restore();
      replica.link.slow(0);
      replica.link.lossy(false);
      replica.feed().ifPresent(feed -> feed.late(0));
      if (replica.machine.isFrozen()) {
        replica.machine.thaw();
      }
    }
    outsider.showAll();
    boolean someUp = replicas.stream().anyMatch(replica -> replica.isUp() && !replica.isLeaving());
    for (Replica replica : replicas) {
      if (!replica.isUp() && (!someUp || random.nextInt(4) > 0)) {
        someUp = true;
        start(replica);
      }
    }
  }

  /** Starts a process as soon as one may start. */
  void start(Replica replica) {
    if (world.time().now() < startsFrom) {
      world.time().at(startsFrom, () -> start(replica));
    } else if (!replica.isUp()) {
      replica.start();
    }
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
      case DELETE_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::delete);
      case EMPTY_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::empty);
      case EDIT_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::edit);
      case GARBLE_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::garble);
      case STEAL_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::steal);
      case RELABEL_BUCKET -> hide(outsider.oneOf(outsider.buckets()));
      case EMPTY_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::empty);
      case EDIT_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::edit);
      case GARBLE_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::garble);
      case STEAL_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::impersonate);
      case DELETE_MEMBER ->
          mayRemove(1) && on(outsider.oneOf(outsider.members()), outsider::delete);
      case RELABEL_MEMBER -> mayRemove(1) && hide(outsider.oneOf(outsider.members()));
      case DELETE_ALL -> deleteAll();
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
    after(random.nextInt(3) == 0 ? random.nextLong(SECOND) : aWhile(), () -> start(replica));
    return true;
  }

  private boolean leave(Replica replica) {
    if (!replica.isUp() || replica.isLeaving()) {
      return false;
    }
    long patience = 2 * lease + random.nextLong(20 * SECOND);
    replica.leave(patience);
    after(patience + random.nextLong(5 * SECOND), () -> start(replica));
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

  private boolean watch(Replica replica, java.util.function.Consumer<RemoteFeed> what) {
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

  // ---- outsiders ----

  private boolean on(Optional<LockSnapshot> lock, java.util.function.Consumer<LockSnapshot> what) {
    lock.ifPresent(what);
    return lock.isPresent();
  }

  private boolean hide(Optional<LockSnapshot> lock) {
    lock.ifPresent(
        found -> {
          outsider.hide(found);
          after(aWhile(), outsider::showAll);
        });
    return lock.isPresent();
  }

  private boolean deleteAll() {
    if (!mayRemove(Integer.MAX_VALUE)) {
      return false;
    }
    List<LockSnapshot> all = new ArrayList<>(outsider.members());
    all.addAll(outsider.buckets());
    all.forEach(outsider::delete);
    return true;
  }

  /** A replica that finds no Lease at all takes what it likes, so none may start soon after. */
  private boolean mayRemove(int members) {
    if (outsider.members().size() > members + 1) {
      return true;
    }
    if (replicas.stream().anyMatch(Replica::isBlind)) {
      return false;
    }
    startsFrom = world.time().now() + lease * 3 / 2;
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
