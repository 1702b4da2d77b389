package dev.leasehold.e2e.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** Durations that were measured, in nanoseconds, sorted. Immutable. */
public final class Figures {

  private final long[] sorted;

  private Figures(long[] sorted) {
    this.sorted = sorted;
  }

  public static Figures of(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Figures(sorted);
  }

  public int count() {
    return sorted.length;
  }

  /** The smallest one that is no smaller than so many hundredths of all; 0 if there are none. */
  public long percentile(int hundredths) {
    if (sorted.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(hundredths / 100.0 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  public long most() {
    return percentile(100);
  }

  public static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  @Override
  public String toString() {
    return "p50 %s, p99 %s, most %s (%d)"
        .formatted(millis(percentile(50)), millis(percentile(99)), millis(most()), count());
  }
}
