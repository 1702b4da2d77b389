package dev.leasehold.e2e.campaign.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Times of one kind, put together where they meet.
 *
 * @param all none meets another, by their beginnings
 */
public record Intervals(List<Interval> all) {

  /** None. */
  public static final Intervals NONE = new Intervals(List.of());

  /**
   * A time.
   *
   * @param fromNanos its beginning, on the machine's monotonic clock
   * @param untilNanos its end, not before its beginning
   */
  public record Interval(long fromNanos, long untilNanos) {}

  /** Puts together what meets. */
  public Intervals {
    List<Interval> ordered = new ArrayList<>(all);
    ordered.sort(Comparator.comparingLong(Interval::fromNanos));
    List<Interval> apart = new ArrayList<>();
    for (Interval next : ordered) {
      int last = apart.size() - 1;
      if (last >= 0 && next.fromNanos() <= apart.get(last).untilNanos()) {
        Interval before = apart.get(last);
        apart.set(
            last,
            new Interval(before.fromNanos(), Math.max(before.untilNanos(), next.untilNanos())));
      } else {
        apart.add(next);
      }
    }
    all = List.copyOf(apart);
  }

  /** These and others. */
  public Intervals and(Intervals others) {
    List<Interval> both = new ArrayList<>(all);
    both.addAll(others.all);
    return new Intervals(both);
  }

  /** How much of a time they cover. */
  public Duration within(long fromNanos, long untilNanos) {
    long covered = 0;
    for (Interval one : all) {
      covered +=
          Math.max(
              0, Math.min(untilNanos, one.untilNanos()) - Math.max(fromNanos, one.fromNanos()));
    }
    return Duration.ofNanos(covered);
  }
}
