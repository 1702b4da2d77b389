package dev.leasehold.lock;

/**
 * Text that anybody may have written, fit to be shown to people on a page, in a log or on a
 * terminal: short, on one line, and without what would change how the text around it looks.
 */
public final class Shown {

  /** What a name that Kubernetes gives has at most; an identity is a part of a Lease's name. */
  private static final int LONGEST_NAME = 253;

  private Shown() {}

  /** The text as {@link #text(String, int)} shows it, with room for any identity of Leasehold's. */
  public static String identity(String hostile) {
    return text(hostile, LONGEST_NAME);
  }

  /**
   * The text without control and format characters.
   *
   * @param most so many characters of it at most, 1 or more
   */
  public static String text(String hostile, int most) {
    StringBuilder shown = new StringBuilder();
    // Whatever is dropped counts, too, or a text of nothing else would be read to its end.
    hostile.codePoints().limit(4L * most).filter(Shown::isVisible).forEach(shown::appendCodePoint);
    if (shown.codePointCount(0, shown.length()) <= most) {
      return shown.toString();
    }
    return shown.substring(0, shown.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
