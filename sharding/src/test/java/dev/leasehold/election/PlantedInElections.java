package dev.leasehold.election;

import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.time.Now;
import net.bytebuddy.asm.Advice;

/**
 * Deliberate bugs in elections, woven into copies of their classes by the simulation's tests, to
 * show that it finds them.
 */
@SuppressWarnings("UnusedVariable") // What is assigned is read by the method that it is woven into.
public final class PlantedInElections {

  private PlantedInElections() {}

  /** Validity counts from the reply. In {@code ElectionStep.own}. */
  public static final class ValidFromTheReply {
    private ValidFromTheReply() {}

    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(value = 0, readOnly = false) Attempt attempt,
        @Advice.FieldValue("now") Now now) {
      attempt =
          new Attempt(
              attempt.id(),
              attempt.purpose(),
              attempt.base(),
              attempt.sighting(),
              attempt.record(),
              now);
    }
  }

  /** Does nothing. For {@code ElectionStep.foreign}, {@code gone} and {@code expire}. */
  public static final class Nothing {
    private Nothing() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }
  }

  /** A version with this participant's name in it is its own. In {@code Attempt.made}. */
  public static final class NamesProve {
    private NamesProve() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.This Attempt attempt,
        @Advice.Argument(0) LockSnapshot seen,
        @Advice.Return(readOnly = false) boolean made) {
      made = seen.record().holder().equals(attempt.record().holder());
    }
  }
}
