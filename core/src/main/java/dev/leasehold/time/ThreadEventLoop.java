package dev.leasehold.time;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An event loop on a daemon thread of its own. */
public final class ThreadEventLoop implements EventLoop, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ThreadEventLoop.class);

  private final Clocks clocks;
  private final ScheduledThreadPoolExecutor executor;
  private volatile boolean torn;

  /**
   * Starts the thread with the first task.
   *
   * @param name the thread's name
   * @param clocks the clocks; their monotonic time must pass as the JDK's does
   */
  public ThreadEventLoop(String name, Clocks clocks) {
    this.clocks = clocks;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Clocks clocks() {
    return clocks;
  }

  @Override
  public void execute(Runnable task) {
    schedule(clocks.nanos(), task);
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    long delay = Math.max(0, atNanos - clocks.nanos());
    try {
      Future<?> future = executor.schedule(guarded(task), delay, TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    } catch (VirtualMachineError lost) {
      torn = true;
      throw lost;
    }
  }

  @Override
  public boolean isTorn() {
    return torn;
  }

  /** Drops what is due and takes nothing more; the task that is running ends by itself. */
  @Override
  public void close() {
    executor.shutdown();
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (VirtualMachineError lost) {
        // First, since there may be no memory to log with.
        torn = true;
        log.error("A task of the election loop was cut short; this process should end.", lost);
      } catch (RuntimeException | Error broken) {
        log.error("A task of the election loop failed; the loop goes on.", broken);
      }
    };
  }
}
