package dev.leasehold.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build script as far as it can be tried without building anything. */
class BuildScriptTest {

  @Test
  void scriptBuildsIntoTheFolderThatTheFinderSearches() throws IOException {
    assertThat(script()).contains("\nreadonly version=" + CacheFolder.VERSION + "\n");
  }

  @Test
  void scriptNamesNoMirror() throws IOException {
    assertThat(script())
        .doesNotContainPattern("(https?|ftp)://(?!127\\.0\\.0\\.1|kubernetes\\.default)");
  }

  @Test
  void programsThatAreThereAreNotBuiltAgain(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String name : new String[] {"kube-apiserver", "etcd", "kubectl"}) {
      assertThat(Files.writeString(bin.resolve(name), "").toFile().setExecutable(true)).isTrue();
    }

    Outcome outcome = run(folder, Map.of(), folder.toString());

    assertThat(outcome.status()).isZero();
    assertThat(outcome.output()).contains("The programs are already in " + bin);
  }

  @Test
  void machineWithoutAptIsToldToUseAnotherWay(@TempDir Path folder)
      throws IOException, InterruptedException {
    Outcome outcome =
        run(folder, Map.of("PATH", folder.toString()), folder.resolve("cache").toString());

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("ERROR: This machine is not Debian (apt-get is missing); use Docker");
  }

  @Test
  void unknownOptionIsRefused(@TempDir Path folder) throws IOException, InterruptedException {
    Outcome outcome = run(folder, Map.of(), "--everything");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).contains("The option --everything is unknown");
  }

  private record Outcome(int status, String output) {}

  private static Outcome run(Path folder, Map<String, String> environment, String argument)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("script"), script());
    ProcessBuilder bash =
        new ProcessBuilder("/bin/bash", file.toString(), argument).redirectErrorStream(true);
    bash.environment().putAll(environment);
    Process process = bash.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  private static String script() throws IOException {
    try (InputStream resource = CacheFolder.class.getResourceAsStream("build-control-plane.sh")) {
      assertThat(resource).isNotNull();
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
