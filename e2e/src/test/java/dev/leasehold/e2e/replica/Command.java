package dev.leasehold.e2e.replica;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of the jar that has ended.
 *
 * @param exitCode its exit code
 * @param output what it printed on standard output
 * @param errors what it printed on standard error
 */
public record Command(int exitCode, String output, String errors) {

  /** Runs the jar with arguments and waits for its end. */
  public static Command run(Path folder, Duration patience, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = Replica.run("command", folder, arguments);
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("%s has not ended within %s.".formatted(arguments, patience));
    }
    return new Command(
        process.exitValue(),
        Files.readString(folder.resolve("command.out")),
        Files.readString(folder.resolve("command.err")));
  }
}
