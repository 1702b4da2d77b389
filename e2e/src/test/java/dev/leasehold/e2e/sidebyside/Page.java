package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Markdown: paragraphs and tables, one after the other. Used by one thread. */
final class Page {

  private final List<String> lines = new ArrayList<>();

  /** A paragraph. */
  Page text(String text) {
    lines.add(text);
    lines.add("");
    return this;
  }

  /** A table; nothing without rows. */
  Page table(List<String> header, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      row(header);
      row(Collections.nCopies(header.size(), "---"));
      rows.forEach(this::row);
      lines.add("");
    }
    return this;
  }

  /** All of another page. */
  Page add(Page other) {
    lines.addAll(other.lines);
    return this;
  }

  private void row(List<String> cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
