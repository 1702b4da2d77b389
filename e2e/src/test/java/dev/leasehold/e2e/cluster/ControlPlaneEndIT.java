package dev.leasehold.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.samples.cluster.LocalControlPlane;
import dev.leasehold.samples.cluster.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A control plane ends with its JVM, whether that closes it or not. */
@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneEndIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Tells what the other JVM says to this test from what its libraries log. */
  private static final String SAYS = "abandoned: ";

  private final LocalControlPlane plane;

  ControlPlaneEndIT(LocalControlPlane plane) {
    this.plane = plane;
  }

  @Test
  void closeEndsTheServersAndRemovesTheirData() {
    LocalControlPlane other = LocalControlPlane.start(plane.programs());
    Path folder = other.kubeconfig().getParent();
    assertThat(folder).isDirectory();

    other.close();

    assertThat(other.apiServer().isAlive()).isFalse();
    assertThat(other.etcd().isAlive()).isFalse();
    assertThat(folder).doesNotExist();
    assertThat(plane.apiServer().isAlive()).isTrue();
  }

  @Test
  void killedJvmTakesItsControlPlaneWithIt() throws IOException {
    Process jvm = jvmWithAControlPlane();
    try (BufferedReader said = jvm.inputReader(StandardCharsets.UTF_8)) {
      List<ProcessHandle> servers = List.of(handle(next(said)), handle(next(said)));
      Path folder = Path.of(next(said));
      assertThat(servers).allMatch(ProcessHandle::isAlive);
      assertThat(folder).isDirectory();

      jvm.destroyForcibly();

      await().atMost(PATIENCE).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
      await().atMost(PATIENCE).until(() -> Files.notExists(folder));
    } finally {
      jvm.destroyForcibly();
    }
  }

  private Process jvmWithAControlPlane() throws IOException {
    Programs programs = plane.programs();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Abandoned.class.getName(),
            programs.apiServer().toString(),
            programs.etcd().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String next(BufferedReader said) throws IOException {
    String line;
    do {
      line = said.readLine();
      assertThat(line).as("what the other JVM says").isNotNull();
    } while (!line.startsWith(SAYS));
    return line.substring(SAYS.length());
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Starts a control plane, tells its pids and its folder, and never closes it. */
  static final class Abandoned {

    private Abandoned() {}

    public static void main(String[] programs) throws IOException {
      LocalControlPlane plane =
          LocalControlPlane.start(
              new Programs(Path.of(programs[0]), Path.of(programs[1]), Optional.empty()));
      System.out.println(SAYS + plane.etcd().pid());
      System.out.println(SAYS + plane.apiServer().pid());
      System.out.println(SAYS + plane.kubeconfig().getParent());
      System.in.read();
    }
  }
}
