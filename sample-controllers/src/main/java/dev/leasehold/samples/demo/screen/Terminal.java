package dev.leasehold.samples.demo.screen;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether there is a terminal that can redraw. */
public final class Terminal {

  private Terminal() {}

  /**
   * Decides.
   *
   * @param console {@link System#console()}
   * @param environment as by {@link System#getenv()}
   */
  public static boolean canRedraw(@Nullable Console console, Map<String, String> environment) {
    return console != null && isTerminal(console) && allows(environment);
  }

  /** Whether the environment doesn't speak against it. */
  static boolean allows(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "");
    boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean ci = !environment.getOrDefault("CI", "").isEmpty();
    return !term.isEmpty() && !term.equals("dumb") && !noColor && !ci;
  }

  /** From JDK 22 on a console may be there without a terminal, and only it can tell. */
  private static boolean isTerminal(Console console) {
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException olderJdk) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      return false;
    }
  }
}
