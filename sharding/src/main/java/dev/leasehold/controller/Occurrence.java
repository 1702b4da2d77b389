package dev.leasehold.controller;

/** What is counted besides runs: which counter, and which value of its tag {@code outcome}. */
enum Occurrence {
  /** A write through a request's {@link Writes} was answered with success. */
  WRITE_DONE("leasehold.writes", "done"),
  /** A write was sent and failed, or its outcome is unknown. */
  WRITE_FAILED("leasehold.writes", "failed"),
  /** A write was not sent, because the term of its bucket was over. */
  WRITE_REFUSED("leasehold.writes", "refused");

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
