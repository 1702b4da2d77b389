package dev.leasehold.time;

/**
 * The clocks of one machine, read together.
 *
 * <p>Implementations are thread-safe and never block.
 */
@FunctionalInterface
public interface Clocks {

  /** Reads both clocks; monotonic time never goes back between two readings on one thread. */
  Now now();

  /** Reads the monotonic clock alone, which takes half the time. */
  default long nanos() {
    return now().nanos();
  }

  /** The clocks of the JDK: {@code System.nanoTime()} and {@code System.currentTimeMillis()}. */
  static Clocks system() {
    return SystemClocks.BOTH;
  }
}
