package dev.leasehold.events;

import dev.leasehold.queue.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which changes become Events: the first of its like at once, those that follow within a
 * minute as one, and no more than so many.
 *
 * <p>Decides by the time it is given. Not thread-safe.
 */
final class Folding {

  /** Changes like one that was told are kept for so long. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** A cluster of a hundred buckets may change hands at once, and then it should be calm. */
  static final int BURST = 100;

  static final double PER_SECOND = 1;

  private final RateLimit limit;
  private final Map<Object, Series> series = new HashMap<>();

  /** Changes that are alike, and of which the first was told. */
  private static final class Series {
    private final long endNanos;
    private Change last;
    private int held;

    Series(Change first, long endNanos) {
      this.last = first;
      this.endNanos = endNanos;
    }
  }

  Folding() {
    this.limit = new RateLimit(PER_SECOND, BURST);
  }

  /** What became of a change. */
  enum Fate {
    /** To be told at once. */
    TELL,
    /** Kept until the end of its window. */
    FOLD,
    /** Left out: there were too many. */
    DROP
  }

  /** Takes a change in. */
  Fate take(Change change, long nowNanos) {
    Series known = series.get(change.likeness());
    if (known != null) {
      known.last = change;
      known.held++;
      return Fate.FOLD;
    }
    if (!limit.tryTake(nowNanos)) {
      return Fate.DROP;
    }
    series.put(change.likeness(), new Series(change, nowNanos + WINDOW.toNanos()));
    return Fate.TELL;
  }

  /** Closes the windows that have ended, and tells what was kept in them. */
  List<Telling> due(long nowNanos) {
    List<Telling> due = new ArrayList<>();
    for (Iterator<Series> all = series.values().iterator(); all.hasNext(); ) {
      Series one = all.next();
      if (one.endNanos - nowNanos <= 0) {
        all.remove();
        told(one, nowNanos).ifPresent(due::add);
      }
    }
    return due;
  }

  /** Closes all windows. */
  List<Telling> rest(long nowNanos) {
    List<Telling> rest = new ArrayList<>();
    series.values().forEach(one -> told(one, nowNanos).ifPresent(rest::add));
    series.clear();
    return rest;
  }

  private Optional<Telling> told(Series one, long nowNanos) {
    return one.held > 0 && limit.tryTake(nowNanos)
        ? Optional.of(new Telling(one.last, one.held))
        : Optional.empty();
  }
}
