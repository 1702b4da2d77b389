package dev.leasehold.e2e.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A Markdown page that grows; it is written anew with each section, so a break-off loses little.
 */
final class Report {

  private final Path file;
  private final List<String> lines = new ArrayList<>();

  Report(Path file) {
    this.file = file;
  }

  /** Begins a section. */
  void section(String title) {
    add("");
    add("## " + title);
    add("");
  }

  /** A paragraph. */
  void text(String text) {
    add(text);
    add("");
  }

  /** A table. */
  void table(List<String> header, List<List<String>> rows) {
    row(header);
    row(Collections.nCopies(header.size(), "---"));
    rows.forEach(this::row);
    add("");
    write();
  }

  private void row(List<String> cells) {
    add("| " + String.join(" | ", cells) + " |");
  }

  @SuppressWarnings("SystemOut") // Whoever asked for the figures sees them come.
  private void add(String line) {
    lines.add(line);
    System.out.println(line);
  }

  private void write() {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
