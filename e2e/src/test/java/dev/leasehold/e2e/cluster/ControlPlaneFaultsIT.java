package dev.leasehold.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.samples.cluster.LocalControlPlane;
import dev.leasehold.samples.cluster.ServerProcess;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults of a local control plane: what clients see of them, and that they lose nothing. */
@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneFaultsIT {

  private static final int WRITES_BEFORE_THE_FAULT = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalControlPlane plane;
  private final KubernetesClient client;

  ControlPlaneFaultsIT(LocalControlPlane plane) {
    this.plane = plane;
    this.client = Clients.of(plane.kubeconfig());
  }

  @BeforeEach
  void removeLeases() {
    client.leases().inNamespace(Leases.NAMESPACE).withLabel(Leases.LABEL).delete();
  }

  @AfterEach
  void bringBackAndClose() {
    plane.etcd().start();
    plane.apiServer().start();
    client.close();
  }

  @Test
  void killOfTheApiServerUnderLoadLosesNoAcknowledgedWrite() {
    assertKillLosesNothing(plane.apiServer());
  }

  @Test
  void killOfEtcdUnderLoadLosesNoAcknowledgedWrite() {
    assertKillLosesNothing(plane.etcd());
  }

  @Test
  void pausedApiServerIsSilentAndGoesOnWhenResumed() {
    long pid = plane.apiServer().pid();
    plane.apiServer().pause();
    try (KubernetesClient impatient = Clients.of(plane.kubeconfig(), Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> impatient.raw("/readyz"))
          .isInstanceOf(KubernetesClientException.class);
      assertThat(plane.apiServer().isAlive()).isTrue();
    } finally {
      plane.apiServer().resume();
    }

    await().atMost(PATIENCE).ignoreExceptions().until(() -> "ok".equals(client.raw("/readyz")));
    assertThat(plane.apiServer().pid()).isEqualTo(pid);
  }

  private void assertKillLosesNothing(ServerProcess server) {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> writeUntilRefused(acknowledged));
    await().atMost(PATIENCE).until(() -> acknowledged.size() >= WRITES_BEFORE_THE_FAULT);
    long pid = server.pid();

    server.kill();

    assertThat(server.isAlive()).isFalse();
    await().atMost(PATIENCE).until(writer::isDone);
    server.start();
    assertThat(server.pid()).isNotEqualTo(pid);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> "ok".equals(client.raw("/readyz")));
    assertThat(leases()).containsAll(acknowledged);
  }

  private void writeUntilRefused(Set<String> acknowledged) {
    try {
      for (int i = 0; ; i++) {
        acknowledged.add(
            client.resource(Leases.of("lease-" + i, "writer")).create().getMetadata().getName());
      }
    } catch (KubernetesClientException e) {
      return;
    }
  }

  private Set<String> leases() {
    return client
        .leases()
        .inNamespace(Leases.NAMESPACE)
        .withLabel(Leases.LABEL)
        .list()
        .getItems()
        .stream()
        .map(lease -> lease.getMetadata().getName())
        .collect(Collectors.toSet());
  }
}
