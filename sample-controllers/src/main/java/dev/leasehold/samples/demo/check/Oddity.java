package dev.leasehold.samples.demo.check;

/**
 * Something in a trace that makes no sense where it is.
 *
 * @param process whose trace
 * @param kind what is wrong
 * @param fromNanos what is missing belongs after that; else the odd line's own time
 * @param untilNanos what is missing belongs before that, {@link LedSpan#OPEN} if nothing came after
 *     it; else the odd line's own time
 * @param text a sentence
 */
public record Oddity(String process, Kind kind, long fromNanos, long untilNanos, String text) {

  /** What can be wrong. */
  public enum Kind {
    /** The start or the end of a reconcile isn't told. */
    UNTOLD,
    /** A line can't be where it is. */
    MISPLACED
  }
}
