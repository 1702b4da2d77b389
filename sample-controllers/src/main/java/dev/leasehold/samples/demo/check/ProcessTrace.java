package dev.leasehold.samples.demo.check;

import java.util.List;
import java.util.OptionalLong;

/**
 * What one process did.
 *
 * @param process its name
 * @param events all lines of its trace
 * @param killedAtNanos when it was killed without warning, if it was; it can't have done anything
 *     later
 */
public record ProcessTrace(String process, List<TraceEvent> events, OptionalLong killedAtNanos) {

  /** Copies the list. */
  public ProcessTrace {
    events = List.copyOf(events);
  }
}
