package dev.leasehold.controller;

/** Counts what happens to one controller. Thread-safe and quick; throws nothing. */
@FunctionalInterface
interface Tally {

  /** Counts nothing. */
  Tally NONE = what -> {};

  void count(Occurrence what);
}
