package dev.leasehold.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinuxThreadsTest {

  private final Process process;

  LinuxThreadsTest() throws IOException {
    process = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void threadsAreStoppedOnceTheSignalHasReachedThemAndUntilTheyGoOn() throws Exception {
    assertThat(LinuxThreads.areStopped(process.pid())).isFalse();
    signal("STOP");
    await().until(() -> LinuxThreads.areStopped(process.pid()));
    signal("CONT");
    await().until(() -> !LinuxThreads.areStopped(process.pid()));
  }

  @Test
  void processThatIsNotThereIsAnError() throws InterruptedException {
    process.destroyForcibly().waitFor();
    assertThatThrownBy(() -> LinuxThreads.areStopped(process.pid()))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }
}
