package dev.leasehold.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one simulation.
 *
 * @param setUp how it was set up, in words
 * @param violation the first promise that was broken; null if none was
 * @param coverage what happened, and how often
 * @param events how many events there were
 * @param timeline what happened, line by line; empty unless it was asked for
 */
public record Report(
    String setUp,
    @Nullable Violation violation,
    Coverage coverage,
    long events,
    List<String> timeline) {

  /**
   * Throws the violation, if there was one.
   *
   * @throws Violation the first promise that was broken
   */
  public Report orThrow() {
    if (violation != null) {
      throw violation;
    }
    return this;
  }
}
