package dev.leasehold.e2e.sidebyside;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A replica of an operator that has gone.
 *
 * @param name its name
 * @param runs its reconciles
 * @param nanos since when it has
 */
record Departure(String name, List<Line> runs, long nanos) {

  /** For each object of its: when its next reconcile elsewhere began. Waits for all of them. */
  List<Long> nextRuns(ContenderProcess other) {
    return objects(other.said("run")).stream()
        .map(object -> other.await("run", object, nanos).nanos())
        .toList();
  }

  /** The objects that it, and not the other, was the last to reconcile. */
  Set<String> objects(List<Line> otherRuns) {
    Map<String, Long> elsewhere = lastRuns(otherRuns);
    return lastRuns(runs).entrySet().stream()
        .filter(mine -> elsewhere.getOrDefault(mine.getKey(), Long.MIN_VALUE) < mine.getValue())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Map<String, Long> lastRuns(List<Line> of) {
    return of.stream()
        .filter(line -> line.nanos() < nanos)
        .collect(Collectors.toMap(Line::subject, Line::nanos, Math::max));
  }
}
