package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one measure of one contender grows with the size of something: a line through the medians of
 * what was measured at each size. Used by one thread.
 */
final class Growth {

  /** Through two points there is always a line, which says nothing. */
  private static final int SIZES = 3;

  private final String contender;
  private final String measure;
  private final Map<Double, List<Double>> bySize = new TreeMap<>();

  /**
   * Nothing measured yet.
   *
   * @param contender whose
   * @param measure what, with its unit
   */
  Growth(String contender, String measure) {
    this.contender = contender;
    this.measure = measure;
  }

  /** Adds what was measured once at a size. */
  Growth add(double size, double measured) {
    bySize.computeIfAbsent(size, key -> new ArrayList<>()).add(measured);
    return this;
  }

  /** The columns of {@link #rows}, if sizes are so many of that. */
  static List<String> header(String of) {
    return List.of("contender", "measure", "for each further " + of, "at 0", "R²", "sizes");
  }

  /** A row for each that was measured at all. */
  static List<List<String>> rows(List<Growth> all) {
    return all.stream().filter(each -> !each.bySize.isEmpty()).map(Growth::row).toList();
  }

  private List<String> row() {
    List<String> sizes = bySize.keySet().stream().map(Growth::number).toList();
    if (bySize.size() < SIZES) {
      return List.of(contender, measure, "-", "-", "-", String.join(", ", sizes) + ": too few");
    }
    Fit fit = fit();
    return List.of(
        contender,
        measure,
        number(fit.slope()),
        number(fit.intercept()),
        String.format(Locale.ROOT, "%.3f", fit.rSquared()),
        String.join(", ", sizes));
  }

  private Fit fit() {
    return Fit.of(
        bySize.keySet().stream().mapToDouble(each -> each).toArray(),
        bySize.values().stream().mapToDouble(Growth::median).toArray());
  }

  /** The middle one, or the lower of two. */
  static double median(List<Double> values) {
    return values.stream().sorted().toList().get((values.size() - 1) / 2);
  }

  /** With three digits that say something, or all in front of the point. */
  private static String number(double value) {
    if (Math.rint(value) == value || Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int digits = 2 - (int) Math.floor(Math.log10(Math.abs(value)));
    return String.format(Locale.ROOT, "%." + Math.min(digits, 9) + "f", value);
  }
}
