package dev.leasehold.e2e.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What two contestants did between two moments.
 *
 * @param overlap for how long both worked at once, in sum
 * @param lasting whether both worked to the end, so that it may have been longer
 * @param idle the longest time in which nobody worked
 * @param open whether that lasted to the end, so that it may have been longer
 */
record Clash(Duration overlap, boolean lasting, Duration idle, boolean open) {

  /**
   * A time, on the machine's monotonic clock.
   *
   * @param from its first nanosecond
   * @param until the first one after it
   */
  record Span(long from, long until) {

    /** What is left of it without another one; none, one or two. */
    List<Span> without(Span other) {
      List<Span> left = new ArrayList<>();
      left.add(new Span(from, Math.min(until, other.from)));
      left.add(new Span(Math.max(from, other.until), until));
      left.removeIf(span -> span.until <= span.from);
      return left;
    }

    private Span within(Span window) {
      return new Span(Math.max(from, window.from), Math.min(until, window.until));
    }
  }

  /**
   * Compares.
   *
   * @param one when the one worked
   * @param other when the other did
   * @param window between which moments
   */
  static Clash of(List<Span> one, List<Span> other, Span window) {
    long overlap = 0;
    boolean lasting = false;
    for (Span a : one) {
      for (Span b : other) {
        Span both = a.within(b).within(window);
        overlap += Math.max(0, both.until - both.from);
        lasting |= both.from < both.until && both.until == window.until;
      }
    }
    List<Span> all = new ArrayList<>(one);
    all.addAll(other);
    all.sort(Comparator.comparingLong(Span::from));
    long worked = window.from;
    long idle = 0;
    for (Span span : all) {
      idle = Math.max(idle, Math.min(span.from, window.until) - worked);
      worked = Math.max(worked, span.until);
    }
    boolean open = window.until - worked > idle;
    idle = Math.max(idle, window.until - worked);
    return new Clash(Duration.ofNanos(overlap), lasting, Duration.ofNanos(idle), open);
  }

  /** Whether neither an overlap nor a time without anybody was longer than that. */
  boolean isWithin(Duration mostOverlap, Duration mostIdle) {
    return overlap.compareTo(mostOverlap) <= 0 && idle.compareTo(mostIdle) <= 0;
  }
}
