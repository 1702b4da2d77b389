package dev.leasehold.controller;

import dev.leasehold.metrics.Metric;

/** What is counted besides runs: in which metric, and with which outcome. */
enum Occurrence {
  /** A write through a request's {@link Writes} was answered with success. */
  WRITE_DONE(Metric.WRITES, "done"),
  /** A write was sent and failed, or its outcome is unknown. */
  WRITE_FAILED(Metric.WRITES, "failed"),
  /** A write was not sent, because the term of its bucket was over. */
  WRITE_REFUSED(Metric.WRITES, "refused"),
  /** A key was enqueued because of an event. */
  EVENT_ENQUEUED(Metric.EVENTS, "enqueued"),
  /** A key was not enqueued, because another replica leads its bucket, or none does. */
  EVENT_ELSEWHERE(Metric.EVENTS, "elsewhere"),
  /** An update was no news by the source's filters. */
  EVENT_FILTERED(Metric.EVENTS, "filtered"),
  /** A key was not enqueued, because the event shows what its own last run has written. */
  EVENT_OWN(Metric.EVENTS, "own"),
  /** A mapper named a key that the controller doesn't look after. */
  EVENT_FOREIGN(Metric.EVENTS, "foreign"),
  /** A mapper threw or returned nulls. */
  MAPPER_FAILED(Metric.EVENTS, "mapper_failed"),
  /** A filter threw. */
  FILTER_FAILED(Metric.EVENTS, "filter_failed"),
  /** A filter or a mapper has been looking at an event for suspiciously long. */
  EVENT_OVERRUN(Metric.EVENTS, "overrun"),
  /** A run was interrupted because it took longer than the controller's timeout. */
  INTERRUPTED(Metric.TIMEOUTS, "interrupted"),
  /** A run has been going on for suspiciously long, and there is no timeout. */
  OVERRUN(Metric.TIMEOUTS, "overrun"),
  /** An observer has seen a resource. */
  OBSERVED(Metric.OBSERVATIONS, "done"),
  /** An observer threw. */
  OBSERVER_FAILED(Metric.OBSERVATIONS, "failed"),
  /** An observer has been looking at a resource for suspiciously long. */
  OBSERVER_OVERRUN(Metric.OBSERVATIONS, "overrun"),
  /** A run did not begin, because the permit had lapsed since its key was taken. */
  PERMIT_REFUSED(Metric.PERMITS_REFUSED, "");

  private final Metric metric;
  private final String outcome;

  Occurrence(Metric metric, String outcome) {
    this.metric = metric;
    this.outcome = outcome;
  }

  Metric metric() {
    return metric;
  }

  String outcome() {
    return outcome;
  }
}
