package dev.leasehold.e2e.campaign.site;

import dev.leasehold.e2e.replica.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Clocks that are not the machine's, by Debian's libfaketime: a wall clock that can be set while a
 * process runs, whose monotonic clock is not touched, so that traces stay comparable; or clocks
 * that all run at another rate, from which traces are computed back.
 *
 * @param library the library
 * @param file what it reads once a second
 */
public record Clock(Path library, Path file) {

  private static final String SCRIPT = "fetch-libfaketime.sh";

  /**
   * Finds the library or fetches it, once.
   *
   * @param folder for the file, and for words on why there is no library
   * @return nothing if this machine has none
   */
  public static Optional<Clock> find(Path folder) throws IOException, InterruptedException {
    Optional<String> library = Script.run(SCRIPT, folder);
    if (library.isEmpty()) {
      return Optional.empty();
    }
    Clock clock = new Clock(Path.of(library.get()), folder.resolve("clock"));
    clock.set(Duration.ZERO);
    return Optional.of(clock);
  }

  /** Why {@link #find} has found none, by its last words. */
  public static String complaint(Path folder) throws IOException {
    return Script.complaint(SCRIPT, folder);
  }

  /** Sets it, for all processes that were launched with it, within a second. */
  public void set(Duration offset) throws IOException {
    // Moved into place: a file that is empty for a moment would be no time at all.
    Path next = file.resolveSibling("clock.next");
    Files.writeString(next, "%+d\n".formatted(offset.toSeconds()));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Launches a process with it. */
  public Launch launch() {
    return Launch.PLAIN.withEnvironment(
        Map.of(
            "LD_PRELOAD", library.toString(),
            "FAKETIME_TIMESTAMP_FILE", file.toString(),
            "FAKETIME_CACHE_DURATION", "1",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            // Without it the JVM's timed waits, which are monotonic, return at once.
            "FAKETIME_FORCE_MONOTONIC_FIX", "0"));
  }

  /**
   * Launches a process whose clocks run at another rate from its beginning, the monotonic one and
   * all timed waits too; it can't be set.
   */
  public Launch launchAtRate(double rate) {
    return Launch.PLAIN
        .withEnvironment(
            Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME", String.format(Locale.ROOT, "+0 x%.2f", rate),
                // Without it, with monotonic clocks that are not real, timed waits never end.
                "FAKETIME_FORCE_MONOTONIC_FIX", "1"))
        .withClockRate(rate);
  }
}
