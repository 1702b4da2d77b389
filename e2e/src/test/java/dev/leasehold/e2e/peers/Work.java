package dev.leasehold.e2e.peers;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What only a leader may do, in units that can't be cut short. A line with the monotonic time is
 * written at the beginning and at the end of each. Thread-safe.
 */
final class Work {

  private static final Duration LOOK = Duration.ofMillis(5);

  private final OutputStream trace;
  private final Duration unit;
  private final Duration inCallback;
  private volatile boolean wanted;
  private @Nullable Thread worker;

  /**
   * Writes to a file.
   *
   * @param trace the file
   * @param unit how long a unit takes
   * @param inCallback for how long the work is done by whoever calls {@link #begin}, as many do;
   *     zero for a thread of its own
   */
  Work(Path trace, Duration unit, Duration inCallback) throws IOException {
    this.trace = new FileOutputStream(trace.toFile(), true);
    this.unit = unit;
    this.inCallback = inCallback;
  }

  /** Says that the library knows of a leader. */
  void knows(String leader) {
    write("knows " + leader);
  }

  /**
   * Begins to work, for this term alone; the library says that this process leads.
   *
   * @param permitted asked before each unit, if the library can answer
   */
  void begin(BooleanSupplier permitted) {
    // A library may say so again without an end in between; two workers would be one overlap more.
    end();
    wanted = true;
    if (!inCallback.isZero()) {
      work(permitted, System.nanoTime() + inCallback.toNanos());
      return;
    }
    synchronized (this) {
      worker = new Thread(() -> work(permitted, Long.MAX_VALUE), "work");
      worker.start();
    }
  }

  /**
   * Ends the work and waits until it has ended; the library says that this process leads no more.
   */
  void end() {
    wanted = false;
    Thread working;
    synchronized (this) {
      working = worker;
    }
    boolean interrupted = false;
    while (working != null && working.isAlive()) {
      try {
        working.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(BooleanSupplier permitted, long until) {
    while (wanted && System.nanoTime() < until) {
      if (permitted.getAsBoolean()) {
        write("begin " + System.nanoTime());
        pause(unit);
        write("end " + System.nanoTime());
      } else {
        pause(LOOK);
      }
    }
  }

  private static void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      // An interrupt would make parking return at once; a unit can't be cut short.
      boolean unused = Thread.interrupted();
    }
  }

  private void write(String line) {
    try {
      trace.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException full) {
      throw new UncheckedIOException("The trace can't be written.", full);
    }
  }
}
