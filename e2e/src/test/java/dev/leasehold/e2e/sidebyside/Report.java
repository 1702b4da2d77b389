package dev.leasehold.e2e.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of chapters. It is written anew whenever one of them changes, so that it has everything
 * that was measured, however the command ends. Used by one thread.
 */
final class Report {

  private final Path file;
  private final List<Chapter> chapters = new ArrayList<>();

  Report(Path file) {
    this.file = file;
  }

  /** Begins a chapter behind all others. */
  Chapter chapter(String title) {
    Chapter chapter = new Chapter(title);
    chapters.add(chapter);
    return chapter;
  }

  private void write() {
    List<String> lines = new ArrayList<>();
    chapters.forEach(chapter -> lines.addAll(chapter.lines()));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a part has measured. */
  final class Chapter {

    private final String title;
    private Page page = new Page();
    private final Page notes = new Page();

    private Chapter(String title) {
      this.title = title;
    }

    /** Has this in place of what was there before. */
    void show(Page now) {
      page = now;
      write();
    }

    /** Adds a paragraph beneath all that is shown, for good. */
    void note(String text) {
      notes.text(text);
      write();
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>(List.of("## " + title, ""));
      lines.addAll(page.lines());
      lines.addAll(notes.lines());
      return lines;
    }
  }
}
