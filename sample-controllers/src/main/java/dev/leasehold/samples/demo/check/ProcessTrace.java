package dev.leasehold.samples.demo.check;

import java.util.List;
import java.util.OptionalLong;

/**
 * What one process did.
 *
 * @param process its name
 * @param events all lines of its trace about buckets and keys
 * @param marks what it says of the end of terms; empty if its version doesn't
 * @param killedAtNanos when it was killed without warning, or ended by itself other than in order,
 *     if it did; it can't have done anything later
 */
public record ProcessTrace(
    String process, List<TraceEvent> events, List<TermMark> marks, OptionalLong killedAtNanos) {

  /** Copies the lists. */
  public ProcessTrace {
    events = List.copyOf(events);
    marks = List.copyOf(marks);
  }
}
