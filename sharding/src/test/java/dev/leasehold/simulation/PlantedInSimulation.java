package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import net.bytebuddy.asm.Advice;

/** Deliberate bugs in the simulated controller's promotion, for the simulation's tests to find. */
final class PlantedInSimulation {

  private PlantedInSimulation() {}

  /** Enqueues before the gate opens. In {@code SimulatedController.open}. */
  static final class EnqueuesFirst {
    private EnqueuesFirst() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.This SimulatedController controller, @Advice.Argument(0) Bucket bucket) {
      controller.replay(bucket);
    }
  }

  /** Does nothing. For {@code SimulatedController.replaySoon}. */
  static final class Nothing {
    private Nothing() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }
  }
}
