package dev.leasehold.simulation;

import dev.leasehold.time.Clocks;
import dev.leasehold.time.Now;

/**
 * The two clocks of one machine, which run at a rate of their own. While the machine is suspended
 * its monotonic clock stands still and its wall clock goes on.
 */
final class MachineClock implements Clocks {

  private static final long PER_MILLE = 1000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final VirtualTime time;
  private final long perMille;
  private long since;
  private long monotonicThen;
  private long wallThen;
  private boolean suspended;

  /**
   * A machine's clocks.
   *
   * @param time the true time
   * @param perMille how much passes on them while a thousand units of true time do
   * @param monotonic what the monotonic clock shows now, in nanoseconds
   * @param wall what the wall clock shows now, in nanoseconds
   */
  MachineClock(VirtualTime time, int perMille, long monotonic, long wall) {
    this.time = time;
    this.perMille = perMille;
    this.since = time.now();
    this.monotonicThen = monotonic;
    this.wallThen = wall;
  }

  @Override
  public Now now() {
    return new Now(monotonic(), (wallThen + passed()) / NANOS_PER_MILLI);
  }

  long monotonic() {
    return suspended ? monotonicThen : monotonicThen + passed();
  }

  /** The true time at which the monotonic clock will have reached a value, if nothing stops it. */
  long trueTimeOf(long monotonic) {
    long missing = Math.max(0, Math.subtractExact(monotonic, monotonicThen));
    return since + (missing * PER_MILLE + perMille - 1) / perMille;
  }

  void suspend() {
    rebase();
    suspended = true;
  }

  void resume() {
    rebase();
    suspended = false;
  }

  /** Somebody sets the wall clock. */
  void jump(long nanos) {
    rebase();
    wallThen += nanos;
  }

  private long passed() {
    return (time.now() - since) * perMille / PER_MILLE;
  }

  private void rebase() {
    long passed = passed();
    monotonicThen = suspended ? monotonicThen : monotonicThen + passed;
    wallThen += passed;
    since = time.now();
  }
}
