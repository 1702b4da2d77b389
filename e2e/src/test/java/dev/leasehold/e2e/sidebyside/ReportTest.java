package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir private Path folder;

  @Test
  void theFileHasWhatIsShownLastAndEveryNote() throws IOException {
    Path file = folder.resolve("new").resolve("report.md");
    Report.Chapter first = new Report(file).chapter("First");

    first.show(new Page().text("Nothing yet."));
    first.note("It took long.");
    assertThat(Files.readAllLines(file))
        .containsExactly("## First", "", "Nothing yet.", "", "It took long.", "");

    first.show(new Page().table(List.of("a", "b"), List.of(List.of("1", "2"))));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "## First", "", "| a | b |", "| --- | --- |", "| 1 | 2 |", "", "It took long.", "");
  }

  @Test
  void chaptersStayInTheirOrderWhicheverChangesLast() throws IOException {
    Path file = folder.resolve("report.md");
    Report report = new Report(file);
    Report.Chapter first = report.chapter("First");
    Report.Chapter second = report.chapter("Second");

    second.note("b");
    first.note("a");

    assertThat(Files.readAllLines(file))
        .containsExactly("## First", "", "a", "", "## Second", "", "b", "");
  }

  @Test
  void aTableWithoutRowsIsNone() {
    assertThat(new Page().table(List.of("a"), List.of()).lines()).isEmpty();
  }
}
