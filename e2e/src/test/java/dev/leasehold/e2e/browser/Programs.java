package dev.leasehold.e2e.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chromium and its driver, as this machine has them.
 *
 * @param chromium the browser
 * @param driver what speaks WebDriver for it; of the same version
 */
record Programs(Path chromium, Path driver) {

  /**
   * Looks in PATH.
   *
   * @throws AssertionError with a sentence if one of them isn't there
   */
  static Programs find() {
    return new Programs(
        find(List.of("chromium", "chromium-browser", "google-chrome")),
        find(List.of("chromedriver")));
  }

  private static Path find(List<String> names) {
    Optional<Path> found =
        names.stream()
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseThrow(
        () ->
            new AssertionError(
                "There is no %s in the PATH; on Debian: apt-get install chromium chromium-driver."
                    .formatted(names.get(0))));
  }
}
