package dev.leasehold.e2e.campaign.check;

import dev.leasehold.e2e.campaign.check.Intervals.Interval;
import dev.leasehold.samples.demo.check.HistoryChecks;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When processes can't have done anything: each by itself, or the machine as a whole. */
final class Standstill {

  private final Map<String, Intervals> ofProcess = new HashMap<>();
  private final Intervals ofMachine;

  Standstill(List<Freeze> freezes, Intervals stalls) {
    this.ofMachine = stalls;
    for (Freeze freeze : freezes) {
      ofProcess.merge(
          freeze.process(),
          new Intervals(List.of(new Interval(freeze.fromNanos(), freeze.untilNanos()))),
          Intervals::and);
    }
  }

  /**
   * Whether a process that was about to do something may not yet have done it later, for want of a
   * CPU: no more of its own time has gone by than such a thing may take.
   */
  boolean excuses(String process, long sinceNanos, long untilNanos) {
    return untilNanos - sinceNanos - still(process, sinceNanos, untilNanos)
        <= HistoryChecks.TRACE_DELAY.toNanos();
  }

  private long still(String process, long fromNanos, long untilNanos) {
    Intervals own = ofProcess.getOrDefault(process, Intervals.NONE);
    Duration both = own.and(ofMachine).within(fromNanos, untilNanos);
    return both.toNanos();
  }
}
