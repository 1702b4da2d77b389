package dev.leasehold.lock;

/** What is known of a write once its answer has come, or has failed to come. */
public sealed interface Outcome {

  /**
   * The write was done.
   *
   * @param version the version that it made; for a deletion the version that it ended
   */
  record Written(Version version) implements Outcome {}

  /** The write was not done and never will be: the object is no longer, or not yet, as expected. */
  record Conflict() implements Outcome {}

  /**
   * The write was not done and never will be: the API server turned it down.
   *
   * @param reason a sentence for the log: what was refused and why
   */
  record Refused(String reason) implements Outcome {}

  /**
   * Nobody knows: the write may have been done, may arrive later, or may be lost. Only a newer
   * version of the object settles it.
   *
   * @param reason a sentence for the log
   */
  record Unknown(String reason) implements Outcome {}
}
