package dev.leasehold.controller;

/** How much memory is in use, for tests of what something costs. */
final class Heap {

  private static final int TRIES = 3;

  private Heap() {}

  /** Bytes after a collection of garbage: the least of several, since others have garbage, too. */
  static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
