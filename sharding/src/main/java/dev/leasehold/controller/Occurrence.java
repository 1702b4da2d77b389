package dev.leasehold.controller;

/** What is counted besides runs: which counter, and which value of its tag {@code outcome}. */
enum Occurrence {
  /** A write through a request's {@link Writes} was answered with success. */
  WRITE_DONE("leasehold.writes", "done"),
  /** A write was sent and failed, or its outcome is unknown. */
  WRITE_FAILED("leasehold.writes", "failed"),
  /** A write was not sent, because the term of its bucket was over. */
  WRITE_REFUSED("leasehold.writes", "refused"),
  /** A key was enqueued because of an event. */
  EVENT_ENQUEUED("leasehold.events", "enqueued"),
  /** A key was not enqueued, because another replica leads its bucket, or none does. */
  EVENT_ELSEWHERE("leasehold.events", "elsewhere"),
  /** An update was no news by the source's filters. */
  EVENT_FILTERED("leasehold.events", "filtered"),
  /** A key was not enqueued, because the event shows what its own last run has written. */
  EVENT_OWN("leasehold.events", "own"),
  /** A mapper named a key that the controller doesn't look after. */
  EVENT_FOREIGN("leasehold.events", "foreign"),
  /** A mapper threw or returned nulls. */
  MAPPER_FAILED("leasehold.events", "mapper_failed"),
  /** A filter threw. */
  FILTER_FAILED("leasehold.events", "filter_failed"),
  /** A run was interrupted because it took longer than the controller's timeout. */
  INTERRUPTED("leasehold.timeouts", "interrupted"),
  /** An observer has seen a resource. */
  OBSERVED("leasehold.observations", "done"),
  /** An observer threw. */
  OBSERVER_FAILED("leasehold.observations", "failed");

  private final String counter;
  private final String outcome;

  Occurrence(String counter, String outcome) {
    this.counter = counter;
    this.outcome = outcome;
  }

  String counter() {
    return counter;
  }

  String outcome() {
    return outcome;
  }
}
