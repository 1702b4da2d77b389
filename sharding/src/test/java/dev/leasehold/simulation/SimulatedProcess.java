package dev.leasehold.simulation;

import dev.leasehold.time.Clocks;
import dev.leasehold.time.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * One life of a replica, from its start to its end: its event loop, and whatever else it has
 * threads for. Nothing of it happens after its death.
 */
final class SimulatedProcess implements EventLoop {

  private static final long MAX_SCHEDULING_NANOS = 100_000;

  /** The name in the timeline, such as {@code r1.2}: the second life of replica 1. */
  final String name;

  final Machine machine;
  private final VirtualTime time;
  private final RandomGenerator random;
  private final Invariants invariants;
  private final Queue<Runnable> loop = new ArrayDeque<>();
  private boolean dead;

  SimulatedProcess(
      String name,
      Machine machine,
      VirtualTime time,
      RandomGenerator random,
      Invariants invariants) {
    this.name = name;
    this.machine = machine;
    this.time = time;
    this.random = random;
    this.invariants = invariants;
  }

  boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
  }

  /** Runs it on some thread of the process, now or when its machine has thawed. */
  void run(Runnable task) {
    if (!dead) {
      machine.run(() -> guarded(task));
    }
  }

  /** Runs it on some thread of the process after a time by the true clock. */
  VirtualTime.Due runAfter(long trueNanos, Runnable task) {
    return time.after(trueNanos, () -> run(task));
  }

  @Override
  public Clocks clocks() {
    return machine.clock;
  }

  @Override
  public void execute(Runnable task) {
    loop.add(task);
    // What was handed in first runs first, however long each drain took to be scheduled.
    runAfter(random.nextLong(MAX_SCHEDULING_NANOS), () -> loop.remove().run());
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    LocalTimer timer = new LocalTimer(atNanos, task);
    timer.plan();
    return timer;
  }

  /** A run that throws would be logged and forgotten by a real loop; here it is a finding. */
  private void guarded(Runnable task) {
    if (dead) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException broken) {
      invariants.broken(name + " threw", broken);
    }
  }

  /** A timer by the machine's own monotonic clock. */
  private final class LocalTimer implements Timer {

    private final long at;
    private final Runnable task;
    private VirtualTime.Due due;
    private boolean cancelled;

    LocalTimer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    void plan() {
      due = time.at(machine.clock.trueTimeOf(at), () -> SimulatedProcess.this.run(this::ring));
    }

    private void ring() {
      if (cancelled) {
        return;
      }
      // A suspended machine's clock has stood still, so the time may not have come.
      if (at - machine.clock.monotonic() > 0) {
        plan();
      } else {
        task.run();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      due.cancel();
    }
  }
}
