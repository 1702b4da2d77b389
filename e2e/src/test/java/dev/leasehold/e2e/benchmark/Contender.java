package dev.leasehold.e2e.benchmark;

import dev.leasehold.time.Clocks;
import org.jspecify.annotations.Nullable;

/** A work queue as the benchmarks use it, whoever made it. Thread-safe. */
interface Contender {

  /** Asks for a run of the key. */
  void add(String key);

  /**
   * Waits for the next key and runs it, which takes no time.
   *
   * @return the key, or null once the queue has been shut down
   */
  @Nullable String runNext() throws InterruptedException;

  /** Lets go of all that wait for a key. */
  void shutDown();

  /** One by its name, as the benchmarks' parameters have it. */
  static Contender of(String name) {
    return switch (name) {
      case "leasehold" -> new LeaseholdContender(8, new ClockedTerm(Clocks.system()));
      case "leasehold-1-bucket" -> new LeaseholdContender(1, new ClockedTerm(Clocks.system()));
      case "client-java" -> new ClientJavaContender(() -> true);
      case "client-java-gated" -> {
        Clocks clocks = Clocks.system();
        ClockedTerm term = new ClockedTerm(clocks);
        // As our queue asks, at the same moment.
        yield new ClientJavaContender(() -> term.standsAt(clocks.nanos()));
      }
      default -> throw new IllegalArgumentException("No queue is called " + name + ".");
    };
  }
}
