package dev.leasehold.samples.cluster;

import java.io.IOException;

/**
 * Ends a control plane that is still there when its JVM no longer is, by whatever death.
 *
 * <p>A shell waits for the end of its input, which only this JVM holds open. When it comes, the
 * shell kills each process that has a {@code .pid} file in the data folder and removes the folder.
 * This is better than a shutdown hook in two ways: it also follows a SIGKILL, and it comes after
 * all hooks, so that those of controllers still have an API server to hand their leases back to.
 *
 * <p>Whoever closes the control plane in order disarms the lifeline first, so that no pid is killed
 * that another process has got since. Thread-safe.
 */
final class Lifeline {

  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      read -r end
      for file in "$0"/*.pid; do read -r pid <"$file" && kill -KILL "$pid"; done
      rm -rf "$0" || rm -rf "$0"
      """;

  private final Process shell;

  private Lifeline(Process shell) {
    this.shell = shell;
  }

  static Lifeline arm(DataFolder folder) {
    try {
      return new Lifeline(
          new ProcessBuilder("setsid", "sh", "-c", SCRIPT, folder.path().toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new ControlPlaneFault(
          "No shell can be started; setsid (of util-linux) and sh are needed: " + e, e);
    }
  }

  /** Ends the shell before it does anything. */
  void disarm() {
    shell.destroyForcibly();
  }
}
