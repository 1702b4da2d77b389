package dev.leasehold.election;

/** Where a participant stands. */
public sealed interface Phase {

  /** Does not hold the lock and would like to. */
  record Candidate() implements Phase {}

  /**
   * Holds it.
   *
   * @param term the term
   */
  record Leading(Term term) implements Phase {}

  /**
   * Held it; its work is being stopped, and nothing is written until that is done.
   *
   * @param term the term that ended
   */
  record Ending(Term term) implements Phase {}

  /** Gives the lock up; its work has stopped. */
  record Releasing() implements Phase {}

  /** Done for good. */
  record Over() implements Phase {}
}
