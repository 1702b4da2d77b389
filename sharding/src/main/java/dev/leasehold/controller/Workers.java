package dev.leasehold.controller;

import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads that take work from a queue until it is shut down.
 *
 * <p>They are daemons: work that can't be stopped doesn't keep the process alive. Thread-safe.
 */
final class Workers {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final String controller;
  private final int count;
  private final ThreadFactory threads;
  private final WorkQueue<ResourceKey> queue;
  private final Consumer<Work<ResourceKey>> task;
  private final AtomicBoolean started = new AtomicBoolean();

  Workers(
      String controller,
      int count,
      ThreadFactory threads,
      WorkQueue<ResourceKey> queue,
      Consumer<Work<ResourceKey>> task) {
    this.controller = controller;
    this.count = count;
    this.threads = threads;
    this.queue = queue;
    this.task = task;
  }

  /** Starts the threads, if that has not been done yet. */
  void start() {
    if (started.compareAndSet(false, true)) {
      for (int i = 0; i < count; i++) {
        threads.newThread(this::work).start();
      }
    }
  }

  private void work() {
    while (true) {
      try {
        Work<ResourceKey> work = queue.take();
        if (work == null) {
          return;
        }
        task.accept(work);
      } catch (InterruptedException e) {
        // Nobody interrupts a worker that waits, except code that kept the thread from a reconcile.
        LOG.debug("Controller {} ignores an interrupt of an idle worker.", controller);
      } catch (Throwable e) {
        survive(e);
      }
    }
  }

  private void survive(Throwable cause) {
    try {
      LOG.error("A worker of controller {} survives a failure of its own.", controller, cause);
    } catch (Throwable noMemoryToSaySo) {
      // A worker that ended here would be missing for good.
    }
  }
}
