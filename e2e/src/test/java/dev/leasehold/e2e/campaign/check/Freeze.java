package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.KeyRun;

/**
 * A time in which a process stood still as a whole.
 *
 * @param process its name
 * @param fromNanos when it was stopped, on the machine's monotonic clock
 * @param untilNanos when it was let go on, or killed
 */
public record Freeze(String process, long fromNanos, long untilNanos) {

  /** Whether a reconcile was running when it began. */
  boolean caught(KeyRun run) {
    return process.equals(run.process())
        && run.startNanos() <= fromNanos
        && run.endNanos() > fromNanos;
  }
}
