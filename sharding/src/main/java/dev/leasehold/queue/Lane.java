package dev.leasehold.queue;

/** Which of a bucket's two lines a key waits in; neither starves the other. */
public enum Lane {
  /** News: something has changed just now. Goes first. */
  LIVE,
  /** Looking again at what may well be in order: the replay at promotion, and resyncs. */
  BACKGROUND;

  /** The lane that is served first of the two. */
  Lane sooner(Lane other) {
    return this == LIVE ? this : other;
  }
}
