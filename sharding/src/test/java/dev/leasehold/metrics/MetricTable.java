package dev.leasehold.metrics;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue as the documentation shows it. */
final class MetricTable {

  private MetricTable() {}

  static String markdown() {
    String rows = Stream.of(Metric.values()).map(MetricTable::row).collect(Collectors.joining());
    return "| metric | kind | labels | what it tells |\n| --- | --- | --- | --- |\n" + rows;
  }

  private static String row(Metric metric) {
    String labels =
        metric.labels().stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |\n"
        .formatted(metric.prometheusName(), metric.kind().prometheusType(), labels, metric.help());
  }
}
