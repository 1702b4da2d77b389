package dev.leasehold.events;

/** What became of a change of hands that was to be an Event. */
public enum EventOutcome {
  /** An Event tells of it. */
  WRITTEN,
  /** An Event will tell of it together with others like it. */
  FOLDED,
  /** There were too many, or writing has been given up for a while. */
  DROPPED,
  /** The API server did not take it, or did not answer. */
  FAILED
}
