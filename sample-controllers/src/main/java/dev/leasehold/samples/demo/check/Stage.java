package dev.leasehold.samples.demo.check;

/**
 * A part of a demo, from what begins it to the calm after it.
 *
 * @param name what began it
 * @param fromNanos its beginning, on the machine's monotonic clock
 * @param untilNanos its end
 * @param replicas how many replicas were alive at its end
 * @param end what the API server had at its end
 */
public record Stage(String name, long fromNanos, long untilNanos, int replicas, Snapshot end) {

  /** Whether a move was within it. */
  public boolean has(Move move) {
    return move.atNanos() >= fromNanos && move.atNanos() < untilNanos;
  }
}
