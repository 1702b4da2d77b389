package dev.leasehold.simulation;

import java.util.EnumMap;
import java.util.Map;

/** How often what happened, in one schedule or in many. Not thread-safe. */
public final class Coverage {

  private final Map<Happening, Long> happenings = new EnumMap<>(Happening.class);
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

  /** Nothing has happened yet. */
  public Coverage() {}

  void count(Happening happening) {
    happenings.merge(happening, 1L, Long::sum);
  }

  void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  /** Adds what another one has counted. */
  public void add(Coverage other) {
    other.happenings.forEach((what, times) -> happenings.merge(what, times, Long::sum));
    other.faults.forEach((what, times) -> faults.merge(what, times, Long::sum));
  }

  /** How often it happened. */
  public long of(Happening happening) {
    return happenings.getOrDefault(happening, 0L);
  }

  /** How often the fault was brought about. */
  public long of(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  @Override
  public String toString() {
    return faults + " " + happenings;
  }
}
