package dev.leasehold.controller;

import dev.leasehold.queue.RateLimit;
import dev.leasehold.time.Clocks;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * How loudly to log what may go wrong with each event again: at its level {@value #AT_ONCE} times
 * and then once in ten seconds, at debug otherwise. The metrics count all of it.
 *
 * <p>Thread-safe.
 */
final class EventComplaints {

  /** So many of a kind in a row are logged. */
  static final int AT_ONCE = 10;

  private static final double PER_SECOND = 0.1;

  private final Clocks clocks;

  /** Guarded by this. */
  private final Map<Occurrence, RateLimit> limits = new EnumMap<>(Occurrence.class);

  EventComplaints(Clocks clocks) {
    this.clocks = clocks;
  }

  /** The level for one more of a kind that would be logged at that level. */
  synchronized Level level(Occurrence what, Level usual) {
    RateLimit limit = limits.computeIfAbsent(what, first -> new RateLimit(PER_SECOND, AT_ONCE));
    return limit.tryTake(clocks.nanos()) ? usual : Level.DEBUG;
  }
}
