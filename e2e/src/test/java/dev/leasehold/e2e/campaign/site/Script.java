package dev.leasehold.e2e.campaign.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Runs a script that lies beside this class. */
public final class Script {

  private Script() {}

  /**
   * Runs it to its end.
   *
   * @param name the script
   * @param folder for the script and its standard error
   * @return what it printed on standard output, without the line end; nothing if it failed
   */
  public static Optional<String> run(String name, Path folder)
      throws IOException, InterruptedException {
    Path script = folder.resolve(name);
    try (InputStream resource = Script.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException("the resource " + name + " is missing");
      }
      Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Process bash =
        new ProcessBuilder("bash", script.toString())
            .redirectError(errors(name, folder).toFile())
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return bash.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
  }

  /** The last words of one that failed. */
  public static String complaint(String name, Path folder) throws IOException {
    List<String> lines = Files.readAllLines(errors(name, folder));
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  private static Path errors(String name, Path folder) {
    return folder.resolve(name + ".err");
  }
}
