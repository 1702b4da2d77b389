package dev.leasehold.e2e.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {

  private final Failures failures = new Failures();
  private final Report.Chapter chapter;

  FailuresTest(@TempDir Path folder) {
    this.chapter = new Report(folder.resolve("report.md")).chapter("Rest");
  }

  @Test
  void whatFailsIsNotedAndFailsTheWholeInTheEnd() {
    boolean done =
        failures.attempt(
            chapter,
            "A part",
            () -> {
              throw new AssertionError("No answer.\nAnd more.");
            });

    assertThat(done).isFalse();
    assertThat(chapter.lines()).contains("**Failed:** A part: No answer.");
    assertThatThrownBy(failures::throwIfAny)
        .hasMessage("1 of the measures failed.")
        .satisfies(failed -> assertThat(failed.getSuppressed()).hasSize(1));
  }

  @Test
  void whatSucceedsLeavesNoTrace() {
    assertThat(failures.attempt(chapter, "A part", () -> {})).isTrue();
    assertThat(chapter.lines()).containsExactly("## Rest", "");
    assertThatCode(failures::throwIfAny).doesNotThrowAnyException();
  }
}
