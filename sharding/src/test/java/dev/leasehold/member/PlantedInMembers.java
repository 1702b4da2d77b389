package dev.leasehold.member;

import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.simulation.SimulatedProcess;
import java.time.Instant;
import net.bytebuddy.asm.Advice;

/** Deliberate bugs in how members see each other, for the simulation's tests to find. */
@SuppressWarnings("UnusedVariable") // What is assigned is read by the method that it is woven into.
public final class PlantedInMembers {

  private PlantedInMembers() {}

  /** A member lapses by the time that it wrote itself. In {@code MemberSight.of}. */
  public static final class RemoteTimeCompared {
    private RemoteTimeCompared() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(2) long nanos, @Advice.Return(readOnly = false) MemberSight sight) {
      sight = byRemoteTime(sight, nanos);
    }

    /** The sight as one that trusts the other machine's wall clock has it. */
    public static MemberSight byRemoteTime(MemberSight sight, long nanos) {
      Instant renewed = sight.lock().record().renewed();
      if (renewed == null) {
        return sight;
      }
      long age = SimulatedProcess.current().clocks().now().wallMillis() - renewed.toEpochMilli();
      return new MemberSight(
          sight.lock(),
          sight.info(),
          sight.fenced(),
          nanos + sight.durationNanos() - age * 1_000_000,
          sight.durationNanos());
    }
  }

  /** A member lapses after the observer's lease duration. In {@code MemberSight.of}. */
  public static final class OwnDuration {
    private OwnDuration() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(2) long nanos, @Advice.Return(readOnly = false) MemberSight sight) {
      long own = SimulatedProcess.current().leaseNanos();
      sight = new MemberSight(sight.lock(), sight.info(), sight.fenced(), nanos + own, own);
    }
  }

  /** Whoever empties a member's Lease has fenced it. In {@code MemberSight.of}. */
  public static final class EmptiedIsFenced {
    private EmptiedIsFenced() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(1) LockSnapshot lock, @Advice.Return(readOnly = false) MemberSight sight) {
      sight =
          new MemberSight(
              sight.lock(),
              sight.info(),
              sight.fenced() || !lock.record().isHeld(),
              sight.lapsesAtNanos(),
              sight.durationNanos());
    }
  }
}
