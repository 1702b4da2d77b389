package dev.leasehold.e2e.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured, beside what is wanted. Times depend on the machine, so they are asserted only
 * by those who ask for it. Used by one thread.
 */
final class FigureTable {

  private final boolean strict;
  private final List<String> lines = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param strict whether what is wanted is asserted
   */
  FigureTable(boolean strict) {
    this.strict = strict;
  }

  /** Strict with {@code -Dleasehold.figures.strict=true}. */
  static FigureTable asAsked() {
    return new FigureTable(Boolean.getBoolean("leasehold.figures.strict"));
  }

  /** Adds what isn't held against anything here. */
  void add(String what, String measured, String wanted) {
    String line = String.format(Locale.ROOT, "| %s | %s | %s |", what, measured, wanted);
    lines.add(line);
    System.out.println(line);
  }

  /** Adds a time that is to be no longer than that. */
  void add(String what, long nanos, Duration most) {
    add(what, Figures.millis(nanos), millis(most));
    want(what, nanos <= most.toNanos());
  }

  /** Adds times whose median and 99th percentile are to be no longer than that. */
  void add(String what, Figures figures, Duration p50, Duration p99) {
    add(what, figures.toString(), "p50 %s, p99 %s".formatted(millis(p50), millis(p99)));
    want(
        what,
        figures.count() > 0
            && figures.percentile(50) <= p50.toNanos()
            && figures.percentile(99) <= p99.toNanos());
  }

  private static String millis(Duration wanted) {
    return wanted.toMillis() + " ms";
  }

  private void want(String what, boolean reached) {
    if (!reached) {
      missed.add(what);
    }
  }

  /** Prints all of it and, if it is strict, asserts it. */
  void finish() {
    System.out.printf("%n| what | measured | wanted |%n| --- | --- | --- |%n");
    lines.forEach(System.out::println);
    if (strict) {
      assertThat(missed).as("figures that are not as wanted").isEmpty();
    }
  }
}
