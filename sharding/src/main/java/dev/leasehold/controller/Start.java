package dev.leasehold.controller;

/**
 * A start that may be broken off while it waits for the API server, and can't be any more once it
 * is over: an interrupt that comes too late would break off the leaving that follows.
 *
 * <p>Thread-safe by its own monitor.
 */
final class Start {

  private final Thread thread;

  // Guarded by this.
  private boolean over;

  // Guarded by this.
  private boolean brokenOff;

  /** A start on the calling thread. */
  Start() {
    this.thread = Thread.currentThread();
  }

  /** Interrupts the thread, unless the start is over. */
  synchronized void breakOff() {
    if (!over) {
      brokenOff = true;
      thread.interrupt();
    }
  }

  /** Says, on the thread, that the start is over; what is left of an interrupt ends here. */
  synchronized void end() {
    over = true;
    if (brokenOff) {
      Thread.interrupted();
    }
  }
}
