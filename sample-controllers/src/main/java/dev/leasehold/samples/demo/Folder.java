package dev.leasehold.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the demo's files.
 *
 * @param path readable by this user alone
 */
record Folder(Path path) {

  static Folder create() throws IOException {
    return new Folder(Files.createTempDirectory("leasehold-demo-"));
  }

  /** Removes it with all that is in it. */
  void remove() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(path)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
