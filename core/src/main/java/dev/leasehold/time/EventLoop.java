package dev.leasehold.time;

/**
 * One thread on which all decisions of a process are taken, one after the other, with its timers.
 *
 * <p>Timers are events of the same loop: a cancelled one never runs. A task that throws is logged
 * and changes nothing for the others. Thread-safe; no method blocks.
 */
public interface EventLoop {

  /** The clocks that the loop's timers go by. */
  Clocks clocks();

  /**
   * Runs a task on the loop after those that were handed in before; drops it once the loop is
   * closed.
   *
   * @param task must not block
   */
  void execute(Runnable task);

  /**
   * Runs a task on the loop at a time.
   *
   * @param atNanos when, on the monotonic clock; a time that has passed means as soon as possible
   * @param task must not block
   * @return cancels it
   */
  Timer schedule(long atNanos, Runnable task);

  /**
   * Whether memory or stack has run out within a task, or while one was handed in. What it was to
   * decide may be half done: terms still run out by themselves, but only a new process is sure to
   * lead again.
   */
  default boolean isTorn() {
    return false;
  }

  /** A task that is due later. */
  @FunctionalInterface
  interface Timer {

    /** Keeps the task from running if it has not begun; to be called on the loop. */
    void cancel();
  }
}
