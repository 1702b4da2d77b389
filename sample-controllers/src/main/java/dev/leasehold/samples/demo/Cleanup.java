package dev.leasehold.samples.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be undone, in reverse order, once: at the end of the demo or when the JVM is told to
 * end, whichever comes first. Thread-safe; a second close waits for the first.
 */
final class Cleanup implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Cleanup.class);

  /** One thing to be undone. */
  interface Step {
    void run() throws Exception;
  }

  // Guarded by this.
  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean closed;
  private volatile boolean interrupted;

  /** Also cleans up when the JVM is told to end: by Ctrl-C, say. */
  static Cleanup armed() {
    Cleanup cleanup = new Cleanup();
    Runtime.getRuntime().addShutdownHook(new Thread(cleanup::interrupt, "demo-cleanup"));
    return cleanup;
  }

  /**
   * Adds what is to be undone before all that was added earlier. If it is too late for that, it is
   * undone at once.
   */
  void add(Step step) {
    synchronized (this) {
      if (!closed) {
        steps.push(step);
        return;
      }
    }
    run(step);
  }

  /** Whether the JVM is ending, so that failures mean nothing. */
  boolean isInterrupted() {
    return interrupted;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!steps.isEmpty()) {
      run(steps.pop());
    }
  }

  private void interrupt() {
    interrupted = true;
    close();
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (Exception failure) {
      log.warn("The demo could not clean up all it made.", failure);
    }
  }
}
