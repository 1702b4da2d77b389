package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.Figures;
import java.util.List;
import java.util.Locale;

/** Rows of a table that compare each contender's median with ours. */
final class Ratios {

  static final List<String> HEADER =
      List.of("contender", "p50", "p99", "most", "samples", "p50 in ours");

  private Ratios() {}

  static List<String> row(String label, Figures figures, long ours) {
    return List.of(
        label,
        Figures.millis(figures.percentile(50)),
        Figures.millis(figures.percentile(99)),
        Figures.millis(figures.most()),
        Integer.toString(figures.count()),
        times((double) figures.percentile(50), (double) ours));
  }

  /** How many times the second the first is; a dash where that says nothing. */
  static String times(double one, double other) {
    if (one <= 0 || other <= 0) {
      return "-";
    }
    double times = one / other;
    return String.format(Locale.ROOT, times < 10 ? "%.2f" : "%,.0f", times);
  }
}
