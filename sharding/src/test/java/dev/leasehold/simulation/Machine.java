package dev.leasehold.simulation;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Where a replica's process runs. While it is frozen nothing of the process happens; what comes in
 * meanwhile waits in order.
 */
final class Machine {

  final MachineClock clock;
  private final VirtualTime time;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean frozen;

  Machine(VirtualTime time, MachineClock clock) {
    this.time = time;
    this.clock = clock;
  }

  boolean isFrozen() {
    return frozen;
  }

  /** Stops everything; the clocks go on. */
  void pause() {
    frozen = true;
  }

  /** Stops everything and the monotonic clock. */
  void suspend() {
    frozen = true;
    clock.suspend();
  }

  /** Ends a pause or a suspension. */
  void thaw() {
    clock.resume();
    frozen = false;
    while (!waiting.isEmpty()) {
      Runnable next = waiting.remove();
      time.after(0, () -> run(next));
    }
  }

  /** Runs it now, or when the machine has thawed. */
  void run(Runnable task) {
    if (frozen) {
      waiting.add(task);
    } else {
      task.run();
    }
  }
}
