package dev.leasehold.controller;

import java.util.HashMap;
import java.util.Map;

/**
 * Which threads run keys of which bucket, so that they can be interrupted while they do, and only
 * then.
 *
 * <p>Thread-safe by its own monitor, which is held only for a look at the map.
 */
final class RunningThreads {

  // Guarded by this.
  private final Map<Thread, Integer> buckets = new HashMap<>();

  /** The calling thread runs a key of the bucket from now on. */
  synchronized void begin(int bucket) {
    buckets.put(Thread.currentThread(), bucket);
  }

  /** The calling thread no longer does; an interrupt that came too late for the key ends here. */
  synchronized void end() {
    buckets.remove(Thread.currentThread());
    Thread.interrupted();
  }

  synchronized void interrupt(int bucket) {
    buckets.forEach(
        (thread, running) -> {
          if (running == bucket) {
            thread.interrupt();
          }
        });
  }
}
