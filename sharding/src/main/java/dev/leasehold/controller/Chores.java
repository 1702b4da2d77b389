package dev.leasehold.controller;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of a controller for what takes little time at a time: slices of replays, and a look at
 * runs and watches now and then. What fails is logged, and nothing else.
 *
 * <p>Thread-safe.
 */
final class Chores implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final String controller;
  private final ScheduledThreadPoolExecutor thread;

  Chores(String controller, String prefix) {
    this.controller = controller;
    this.thread = new ScheduledThreadPoolExecutor(1, WorkerThreads.platform(prefix + "chores-"));
  }

  /** Does something again and again, so long after its last end. */
  void every(Duration period, Runnable chore) {
    long nanos = period.toNanos();
    Runnable surviving =
        () -> {
          try {
            chore.run();
          } catch (RuntimeException | Error e) {
            // Thrown on, it would end all that are to come.
            LOG.error("Controller {} leaves out a chore.", controller, e);
          }
        };
    unlessClosed(
        () -> thread.scheduleWithFixedDelay(surviving, nanos, nanos, TimeUnit.NANOSECONDS));
  }

  /** Does something once, after what is due before; not at all once it is closed. */
  void after(Duration delay, Runnable chore) {
    unlessClosed(() -> thread.schedule(chore, delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  private void unlessClosed(Supplier<Future<?>> schedule) {
    try {
      var unused = schedule.get();
    } catch (RejectedExecutionException closed) {
      LOG.debug("Controller {} is closed and does no more chores.", controller);
    }
  }

  /** Ends; what waits is not done any more, and what goes on is interrupted. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
