package dev.leasehold.e2e.elector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.Clients;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.elector.LeaderElector;
import dev.leasehold.elector.Lock;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records the Lease that a Go elector and ours share, for the tests of {@code core}. Run by name:
 *
 * <pre>{@code
 * bash sample-controllers/src/main/resources/dev/leasehold/samples/cluster/build-control-plane.sh --with leader-election
 * mvn -pl e2e -am test -Dtest=ClientGoRecording -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>It takes two minutes, since client-go's example has leases of 60 s, and writes {@code
 * core/src/test/resources/client-go/history.jsonl}.
 */
@ExtendWith(ControlPlaneExtension.class)
final class ClientGoRecording {

  private static final String NAMESPACE = "default";
  private static final String NAME = "shared";
  private static final Path HISTORY = Path.of("../core/src/test/resources/client-go/history.jsonl");

  @Test
  void goAndOursLeadByOneLeaseInTurns(ControlPlane plane, @TempDir Path folder) throws Exception {
    try (KubernetesClient client = Clients.of(plane.kubeconfig())) {
      client.leases().inNamespace(NAMESPACE).withName(NAME).delete();
      try (RecordedLeases recorded = new RecordedLeases(client, NAMESPACE, NAME)) {
        takeTurns(plane, folder, client, recorded);
        assertThat(recorded.holders())
            .containsExactly("go-1", "", "ours-1", "", "go-2", "ours-2", "");
        Files.writeString(HISTORY, recorded.asLines());
      }
    }
  }

  private static void takeTurns(
      ControlPlane plane, Path folder, KubernetesClient client, RecordedLeases recorded)
      throws IOException, InterruptedException {
    ClientGoElector next;
    try (ClientGoElector go = ClientGoElector.start(plane, folder, "go-1", NAMESPACE, NAME);
        LeaderElector ours = ours(client, "ours-1")) {
      until(20, () -> recorded.versionsOf("go-1") >= 1);
      ours.start();
      until(30, () -> recorded.versionsOf("go-1") >= 4);
      assertThat(ours.isLeading()).isFalse();
      go.leave();
      until(10, ours::isLeading);
      next = ClientGoElector.start(plane, folder, "go-2", NAMESPACE, NAME);
      until(60, () -> recorded.versionsOf("ours-1") >= 8);
      assertThat(recorded.versionsOf("go-2")).isZero();
    }
    try (next) {
      until(30, () -> recorded.versionsOf("go-2") >= 3);
      next.kill();
    }
    try (LeaderElector ours = ours(client, "ours-2")) {
      ours.start();
      until(90, ours::isLeading);
      until(30, () -> recorded.versionsOf("ours-2") >= 3);
    }
    until(10, () -> recorded.holders().size() == 7);
  }

  private static LeaderElector ours(KubernetesClient client, String identity) {
    return LeaderElector.of(Lock.lease(NAMESPACE, NAME)).client(client).identity(identity).build();
  }

  private static void until(int seconds, Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(seconds)).until(condition);
  }
}
