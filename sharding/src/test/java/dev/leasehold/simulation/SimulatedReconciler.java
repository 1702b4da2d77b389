package dev.leasehold.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a simulation runs for the keys. It lives in virtual time, so it doesn't block: it says how a
 * run will go when that begins, and hears of its end. One object serves all replicas, so it may
 * hold what is outside of them, such as a system that the runs write to.
 */
@FunctionalInterface
public interface SimulatedReconciler {

  /**
   * How a run goes.
   *
   * @param takes how long, if nothing interrupts it
   * @param heedsInterrupts whether an interrupt ends it
   * @param fails whether it ends by an exception, to be retried
   */
  record Course(Duration takes, boolean heedsInterrupts, boolean fails) {}

  /** How a run ended. */
  enum Ending {
    /** It came to its end. */
    DONE,
    /** It threw. */
    FAILED,
    /** It was interrupted. */
    INTERRUPTED,
    /** Its process died. */
    DIED
  }

  /**
   * A run begins.
   *
   * @param run the run
   * @param random the only source of chance, so that a schedule replays
   */
  Course begin(SimulatedRun run, RandomGenerator random);

  /** A run is over; its term may have been over before. */
  default void end(SimulatedRun run, Ending ending) {}

  /** Mostly short runs; some long ones, some of which ignore interrupts; some that fail. */
  static SimulatedReconciler ofAllKinds() {
    return (run, random) -> {
      int dice = random.nextInt(200);
      int millis;
      if (dice < 170) {
        millis = 1 + random.nextInt(100);
      } else if (dice < 196) {
        millis = 100 + random.nextInt(2_000);
      } else {
        millis = 2_000 + random.nextInt(15_000);
      }
      return new Course(Duration.ofMillis(millis), random.nextInt(4) > 0, random.nextInt(20) == 0);
    };
  }
}
