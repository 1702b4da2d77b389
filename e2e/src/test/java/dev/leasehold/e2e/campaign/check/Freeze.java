package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.KeyRun;
import dev.leasehold.samples.demo.check.Oddity;

/**
 * A time in which a process stood still, as a whole or by fits and starts.
 *
 * @param process its name
 * @param fromNanos when it was stopped, on the machine's monotonic clock
 * @param untilNanos when it was let go on, or killed
 * @param whole whether it did nothing at all meanwhile; without memory, it does something now and
 *     then
 */
public record Freeze(String process, long fromNanos, long untilNanos, boolean whole) {

  /** Whether a reconcile was running when it began, or began in it. */
  boolean caught(KeyRun run) {
    return process.equals(run.process())
        && run.startNanos() <= (whole ? fromNanos : untilNanos)
        && run.endNanos() > fromNanos;
  }

  /** Whether it had too little memory to trace what isn't told. */
  boolean explains(Oddity oddity) {
    return !whole
        && oddity.kind() == Oddity.Kind.UNTOLD
        && process.equals(oddity.process())
        && oddity.fromNanos() <= untilNanos
        && oddity.untilNanos() >= fromNanos;
  }
}
