package dev.leasehold.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {

  private final List<String> undone = new ArrayList<>();
  private final Cleanup cleanup = new Cleanup();

  @Test
  void stepsAreUndoneOnceAndInReverse() {
    cleanup.add(() -> undone.add("first"));
    cleanup.add(() -> undone.add("second"));

    cleanup.close();
    cleanup.close();

    assertThat(undone).containsExactly("second", "first");
  }

  @Test
  void aStepThatFailsKeepsNoOtherFromBeingUndone() {
    cleanup.add(() -> undone.add("first"));
    cleanup.add(
        () -> {
          throw new IOException("planted");
        });

    cleanup.close();

    assertThat(undone).containsExactly("first");
  }

  @Test
  void whatComesTooLateIsUndoneAtOnce() {
    cleanup.close();
    cleanup.add(() -> undone.add("late"));

    assertThat(undone).containsExactly("late");
  }
}
