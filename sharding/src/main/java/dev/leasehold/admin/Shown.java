package dev.leasehold.admin;

/**
 * Text that anybody may have written, fit to be shown to people: short, on one line, and without
 * what would change how the text around it looks.
 */
final class Shown {

  private static final int MOST = 80;

  private Shown() {}

  /** The text without control and format characters, at most {@value #MOST} characters of it. */
  static String text(String hostile) {
    StringBuilder shown = new StringBuilder();
    // Whatever is dropped counts, too, or a text of nothing else would be read to its end.
    hostile.codePoints().limit(4L * MOST).filter(Shown::isVisible).forEach(shown::appendCodePoint);
    if (shown.codePointCount(0, shown.length()) <= MOST) {
      return shown.toString();
    }
    return shown.substring(0, shown.offsetByCodePoints(0, MOST - 1)) + "…";
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
