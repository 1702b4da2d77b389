package dev.leasehold.samples.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder for the files of one control plane.
 *
 * @param path readable by this user alone
 */
record DataFolder(Path path) {

  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
  private static final int LAST_LINES = 15;

  static DataFolder create() {
    try {
      return new DataFolder(Files.createTempDirectory("leasehold-control-plane-"));
    } catch (IOException e) {
      throw new ControlPlaneFault(
          "No folder can be made in java.io.tmpdir; name another one: " + e, e);
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new ControlPlaneFault("The file " + file(name) + " can't be written: " + e, e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new ControlPlaneFault("The file " + file(name) + " can't be read: " + e, e);
    }
  }

  /** The end of a log, one line each with an indent; says so when there is none. */
  static String lastLines(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      return last.isEmpty() ? "    (it wrote nothing)" : "    " + String.join("\n    ", last);
    } catch (IOException e) {
      return "    (its log can't be read: " + e + ")";
    }
  }

  /** Removes the folder with everything in it, even if a dying process still writes there. */
  void remove() {
    for (int attempt = 0; attempt < 3; attempt++) {
      try (Stream<Path> files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(DataFolder::delete);
        return;
      } catch (IOException | UncheckedIOException e) {
        log.debug("{} can't be removed yet.", path, e);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
