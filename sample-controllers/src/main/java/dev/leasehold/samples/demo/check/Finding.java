package dev.leasehold.samples.demo.check;

/**
 * Something that is wrong.
 *
 * @param atNanos when it went wrong, on the machine's monotonic clock
 * @param text a sentence
 */
public record Finding(long atNanos, String text) {

  @Override
  public String toString() {
    return text;
  }
}
