package dev.leasehold.e2e.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block of code in a page.
 *
 * @param page the page's path from the repository's root
 * @param line where the block begins
 * @param language what stands behind the fence
 * @param lines the lines within
 */
record Block(String page, int line, String language, List<String> lines) {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String FENCE = "```";

  /** All pages for users; what was decided is history, and not kept up to date. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("decisions"))
          .sorted()
          .forEach(pages::add);
    }
    return pages;
  }

  static List<Block> all() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      blocks.addAll(in(ROOT.relativize(page).toString()));
    }
    return blocks;
  }

  static List<Block> in(String page) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(ROOT.resolve(page));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        int begin = i;
        do {
          i++;
        } while (!lines.get(i).startsWith(FENCE));
        blocks.add(
            new Block(
                page,
                begin + 1,
                lines.get(begin).substring(FENCE.length()).strip(),
                lines.subList(begin + 1, i)));
      }
    }
    return blocks;
  }

  boolean is(String wanted) {
    return language.equals(wanted);
  }

  /** The text without regard to indentation and line breaks. */
  String normalized() {
    return normalize(String.join("\n", lines));
  }

  static String normalize(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
