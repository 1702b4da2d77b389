package dev.leasehold.samples.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds the programs from Debian's own packages into the cache folder, then starts them.
 *
 * <p>An attempt takes minutes, and each line of its progress goes to a consumer at once. Two
 * processes that build at the same time wait for each other: the script holds a lock.
 *
 * @param cache where the programs are put
 * @param progress gets lines without a line end, on the attempt's thread
 */
record DebianBuildWay(CacheFolder cache, Consumer<String> progress) implements Way {

  private static final String SCRIPT = "build-control-plane.sh";
  private static final String PREFIX = "control plane: ";
  private static final String ERROR = PREFIX + "ERROR: ";

  @Override
  public String name() {
    return "a build from Debian's packages";
  }

  @Override
  public Attempt attempt() {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      return new Attempt.Absent("this machine is not Debian, it has no apt-get");
    }
    try {
      String error = build();
      return error == null
          ? ProgramsWay.start(cache)
          : new Attempt.Broken(error.replaceAll("\\.$", ""));
    } catch (IOException e) {
      return new Attempt.Broken(
          "the build can't be run, it needs bash and a temporary folder: " + e);
    }
  }

  /** Runs the script to its end; the answer is what it complains of, or null. */
  private @Nullable String build() throws IOException {
    Path script = Files.createTempFile("leasehold-", "-" + SCRIPT);
    try {
      try (InputStream resource = DebianBuildWay.class.getResourceAsStream(SCRIPT)) {
        if (resource == null) {
          throw new IOException("the resource " + SCRIPT + " is missing");
        }
        Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
      }
      Process bash =
          new ProcessBuilder("bash", script.toString(), cache.path().toString())
              .redirectErrorStream(true)
              .start();
      return follow(bash);
    } finally {
      Files.deleteIfExists(script);
    }
  }

  private @Nullable String follow(Process bash) throws IOException {
    String error = null;
    try (BufferedReader lines = bash.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        progress.accept(line);
        error = line.startsWith(ERROR) ? line.substring(ERROR.length()) : error;
      }
      int status = bash.waitFor();
      return status == 0 || error != null ? error : "the build ended with status " + status;
    } catch (InterruptedException e) {
      bash.descendants().forEach(ProcessHandle::destroy);
      bash.destroy();
      Thread.currentThread().interrupt();
      return "the build was interrupted";
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
