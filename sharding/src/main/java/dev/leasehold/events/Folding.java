package dev.leasehold.events;

import dev.leasehold.queue.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which changes become Events: the first of its like at once, those that follow within a
 * minute as one, and no more than so many.
 *
 * <p>What has been folded is told in the end: if there is no token when its window ends, the window
 * stays open until there is one, and until then nothing new is begun. So there are never more
 * windows than the tokens of a minute and a burst.
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

  /**
   * By likeness; in the order in which their windows end, so that the oldest gets the next token.
   */
  private final Map<Object, Series> series = new LinkedHashMap<>();

  /** Changes that are alike, and of which the first was told. */
  private static final class Series {
    private final long endNanos;
    private Change last;
    private int held;

    Series(Change first, long endNanos) {
      this.last = first;
      this.endNanos = endNanos;
    }

    boolean isOver(long nowNanos) {
      return endNanos - nowNanos <= 0;
    }

    boolean isToBeTold() {
      return held > 0;
    }

    Telling telling() {
      return new Telling(last, held);
    }
  }

  Folding() {
    this.limit = new RateLimit(PER_SECOND, BURST);
  }

  /** What became of a change. */
  enum Fate {
    /** To be told at once. */
    TELL,
    /** Kept until the end of its window, and told then or as soon as there is a token. */
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
    if (isATokenOwed(nowNanos) || !limit.tryTake(nowNanos)) {
      return Fate.DROP;
    }
    series.put(change.likeness(), new Series(change, nowNanos + WINDOW.toNanos()));
    return Fate.TELL;
  }

  /** Closes the windows that have ended, and tells what was kept in them, a token for each. */
  List<Telling> due(long nowNanos) {
    series.values().removeIf(one -> one.isOver(nowNanos) && !one.isToBeTold());
    List<Telling> due = new ArrayList<>();
    Iterator<Series> oldestFirst = series.values().iterator();
    while (oldestFirst.hasNext()) {
      Series one = oldestFirst.next();
      if (!one.isOver(nowNanos) || !limit.tryTake(nowNanos)) {
        break;
      }
      oldestFirst.remove();
      due.add(one.telling());
    }
    return due;
  }

  /**
   * Closes all windows, and tells what was kept in them. Asks for no tokens: nothing can wait for
   * one any more, and there are only so many windows.
   */
  List<Telling> rest() {
    List<Telling> rest =
        series.values().stream().filter(Series::isToBeTold).map(Series::telling).toList();
    series.clear();
    return rest;
  }

  /** Whether something waits to be told for nothing but a token. */
  private boolean isATokenOwed(long nowNanos) {
    return series.values().stream().anyMatch(one -> one.isToBeTold() && one.isOver(nowNanos));
  }
}
