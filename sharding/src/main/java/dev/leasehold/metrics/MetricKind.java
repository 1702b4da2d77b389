package dev.leasehold.metrics;

/** How a metric behaves, and what Prometheus appends to its name for that. */
public enum MetricKind {
  /** A number that goes up and down. */
  GAUGE("gauge", ""),
  /** A time that goes up and down. */
  SECONDS("gauge", "_seconds"),
  /** A number that only grows. */
  COUNTER("counter", "_total"),
  /** How often something happened and how long it took, as a histogram. */
  TIMER("histogram", "_seconds");

  private final String prometheusType;
  private final String suffix;

  MetricKind(String prometheusType, String suffix) {
    this.prometheusType = prometheusType;
    this.suffix = suffix;
  }

  /** The type that Prometheus shows. */
  public String prometheusType() {
    return prometheusType;
  }

  String suffix() {
    return suffix;
  }
}
