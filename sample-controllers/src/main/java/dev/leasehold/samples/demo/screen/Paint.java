package dev.leasehold.samples.demo.screen;

/** Colors, or none. */
public enum Paint {
  /** Text as it is. */
  NONE {
    @Override
    String with(int color, String text) {
      return text;
    }
  },
  /** ANSI's sixteen colors. */
  ANSI {
    @Override
    String with(int color, String text) {
      return "\u001b[" + color + "m" + text + "\u001b[0m";
    }
  };

  private static final int BOLD = 1;
  private static final int RED = 31;
  private static final int GREEN = 32;

  /** Without red, which is for what is wrong. */
  private static final int[] REPLICAS = {36, 33, 35, 34, 32, 96, 93, 95, 94, 92};

  abstract String with(int color, String text);

  /** A heading. */
  public String heading(String text) {
    return with(BOLD, text);
  }

  /** What is as it should be. */
  public String good(String text) {
    return with(GREEN, text);
  }

  /** What is not. */
  public String bad(String text) {
    return with(RED, text);
  }

  /**
   * The name of a replica or of one of its members, a color each.
   *
   * @param name such as {@code replica-2_0a1b2c3d}; the digits after the hyphen decide
   * @param text what to color
   */
  public String replica(String name, String text) {
    String process = name.replaceFirst("_.*", "");
    int number = process.replaceFirst(".*-", "").chars().reduce(0, (sum, c) -> sum * 10 + c);
    return text.isBlank()
        ? text
        : with(REPLICAS[Math.floorMod(number - '1', REPLICAS.length)], text);
  }
}
