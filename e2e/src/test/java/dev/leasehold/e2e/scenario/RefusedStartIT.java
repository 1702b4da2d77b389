package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Command;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when a replica can't start: one sentence, no stack trace. */
@ExtendWith(ControlPlaneExtension.class)
class RefusedStartIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final Path folder;

  RefusedStartIT(ControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @Test
  void anAccountThatMayNotWriteLeasesIsToldTheVerbsAndTheResource() throws Exception {
    Command refused = replica(plane.kubeconfigFor("restricted-3").toString(), List.of());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.errors())
        .contains("create")
        .contains("update")
        .contains("leases.coordination.k8s.io")
        .doesNotContain("\tat ");
  }

  @Test
  void anApiServerThatDoesNotAnswerIsNamed() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    String reachable = Files.readString(plane.kubeconfig());
    Files.writeString(
        nowhere, reachable.replace(plane.address().toString(), "https://127.0.0.1:1"));
    Command refused = replica(nowhere.toString(), List.of());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.errors()).contains("https://127.0.0.1:1").doesNotContain("\tat ");
  }

  @Test
  void aBucketCountOutOfRangeIsAUsageError() throws Exception {
    Command refused = replica(plane.kubeconfig().toString(), List.of("--buckets", "webpage=5000"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.errors()).contains("5000").contains("4096").doesNotContain("\tat ");
  }

  @Test
  void aReplicaThatIsEndedWhileItWaitsForTheApiServerSaysNothingOdd() throws Exception {
    Path silent = folder.resolve("silent");
    try (ServerSocket accepts = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          silent,
          Files.readString(plane.kubeconfig())
              .replace(plane.address().toString(), "https://127.0.0.1:" + accepts.getLocalPort()));
      try (Replica waiting = Replica.start("waiting", folder, options(silent.toString()));
          Socket asked = accepts.accept()) {
        assertThat(asked.isConnected()).isTrue();
        waiting.terminate();
        assertThat(waiting.awaitExit(PATIENCE)).isZero();
        assertThat(waiting.log()).doesNotContain("\tat ", "Exception");
      }
    }
  }

  private Command replica(String kubeconfig, List<String> more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("replica"));
    arguments.addAll(options(kubeconfig));
    arguments.addAll(more);
    return Command.run(folder, PATIENCE, arguments);
  }

  private static List<String> options(String kubeconfig) {
    return List.of(
        "--component",
        "shop",
        "--namespace",
        "default",
        "--kubeconfig",
        kubeconfig,
        "--http-port",
        "0");
  }
}
