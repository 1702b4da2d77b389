package dev.leasehold.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.samples.cluster.ControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that README and docs show, typed as they stand there. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsCommandsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern HTTP = Pattern.compile("HTTP http://127\\.0\\.0\\.1:(\\d+)");
  private static final String INSTALL =
      "java -jar sample-controllers/target/sample-controllers.jar install";

  private final Shell shell;
  private final Path folder;

  DocsCommandsIT(ControlPlane plane, @TempDir Path folder) {
    this.shell = new Shell(plane, folder);
    this.folder = folder;
  }

  @BeforeAll
  void installTypes() throws Exception {
    shell.run(Block.ROOT, INSTALL);
  }

  @ParameterizedTest
  @MethodSource("ending")
  void commandEndsWell(String command) throws Exception {
    shell.run(Block.ROOT, command);
  }

  @ParameterizedTest
  @MethodSource("running")
  void commandRunsUntilItIsEnded(String command) throws Exception {
    Path output = folder.resolve("running");
    Process process = start(command, output);
    try {
      awaitPort(output);
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroy();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void replicaAnswersWhatIsAskedOfIt() throws Exception {
    Path output = folder.resolve("asked");
    Process process = start(Commands.RUNNING.get(0), output);
    try {
      String port = awaitPort(output);
      for (String command : Commands.ASKING) {
        String question = command.replace("8080", port).replace("curl -s", "curl -sf");
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(shell.run(Block.ROOT, question)).isNotNull());
      }
      for (String command : Commands.WATCHING) {
        showsBuckets(command);
      }
    } finally {
      process.destroy();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private void showsBuckets(String command) throws Exception {
    Path output = folder.resolve("watched");
    Process process = start(command, output);
    try {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Files.readString(output))
                      .containsPattern("webpage\\.00-of-08 .* led"));
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroy();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  static List<String> ending() {
    return Commands.ENDING;
  }

  static List<String> running() {
    return Commands.RUNNING;
  }

  private Process start(String command, Path output) throws Exception {
    String here =
        command
            .replaceAll("--http-port \\d+", "--http-port 0")
            .replace("--folder entries", "--folder " + folder.resolve("entries"));
    return shell.start(Block.ROOT, "exec " + here, output);
  }

  private static String awaitPort(Path output) throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Files.readString(output)).containsPattern(HTTP));
    return HTTP.matcher(Files.readString(output))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
