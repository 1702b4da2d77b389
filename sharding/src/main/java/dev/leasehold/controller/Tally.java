package dev.leasehold.controller;

/** Counts what happens to one controller. Thread-safe and quick; throws nothing. */
@FunctionalInterface
interface Tally {

  /** Counts nothing. */
  Tally NONE = what -> {};

  void count(Occurrence what);

  /** Whether it wants to hear how long keys have waited. */
  default boolean isTiming() {
    return false;
  }

  /** A worker has a key that was due for so long. */
  default void waited(long nanos) {}

  /** A worker had a key for so long; {@code ran} tells whether the reconciler was called. */
  default void worked(long nanos, boolean ran) {}

  /** So many cached keys of a bucket that was won were enqueued in that time. */
  default void replayed(long nanos, long keys) {}
}
