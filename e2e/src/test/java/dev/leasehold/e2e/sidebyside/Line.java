package dev.leasehold.e2e.sidebyside;

/**
 * What a contender said.
 *
 * @param event what happened, such as {@code leading}
 * @param subject to what, such as a lock
 * @param nanos when, on the monotonic clock
 * @param more what else there is to say, perhaps nothing
 */
record Line(String event, String subject, long nanos, String more) {

  static Line parse(String text) {
    String[] words = text.split(" ", 4);
    return new Line(words[0], words[1], Long.parseLong(words[2]), words.length > 3 ? words[3] : "");
  }
}
