package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** JMH's results, as its CSV has them, as rows of a table. */
final class JmhScores {

  static final List<String> HEADER =
      List.of("what", "queue", "keys/s", "± of it", "in client-java's");

  private static final String PEER = "client-java";

  private JmhScores() {}

  /**
   * A score.
   *
   * @param value operations a second
   * @param error half of what JMH's 99.9 % interval spans; not a number if it can't say
   */
  private record Score(double value, double error) {}

  static List<List<String>> rows(List<String> csv) {
    Map<String, Map<String, Score>> scores = new TreeMap<>();
    List<String> header = cells(csv.get(0));
    for (String line : csv.subList(1, csv.size())) {
      Map<String, String> cells = new TreeMap<>();
      List<String> values = cells(line);
      for (int i = 0; i < values.size(); i++) {
        cells.put(header.get(i), values.get(i));
      }
      scores
          .computeIfAbsent(what(cells), key -> new TreeMap<>())
          .put(
              cells.getOrDefault("Param: queue", ""),
              new Score(number(cells, "Score"), number(cells, "Score Error (99.9%)")));
    }
    List<List<String>> rows = new ArrayList<>();
    scores.forEach(
        (what, byQueue) -> {
          double peer = byQueue.getOrDefault(PEER, new Score(0, 0)).value();
          byQueue.forEach((queue, score) -> rows.add(row(what, queue, score, peer)));
        });
    return rows;
  }

  private static List<String> row(String what, String queue, Score score, double peer) {
    double error = score.error() / score.value();
    return List.of(
        what,
        queue,
        String.format(Locale.ROOT, "%,.0f", score.value()),
        Double.isNaN(error) ? "?" : String.format(Locale.ROOT, "%.0f %%", error * 100),
        Ratios.times(score.value(), peer));
  }

  /** The benchmark's method, and its threads if they are a parameter. */
  private static String what(Map<String, String> cells) {
    String name = cells.getOrDefault("Benchmark", "");
    String method = name.substring(name.lastIndexOf('.') + 1);
    String workers = cells.getOrDefault("Param: workers", "");
    return workers.isEmpty()
        ? method + ", 1 thread"
        : "%s, 4 add and %s work".formatted(method, workers);
  }

  private static double number(Map<String, String> cells, String column) {
    String text = cells.getOrDefault(column, "");
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.replace("\"", "").split(",", -1));
  }
}
