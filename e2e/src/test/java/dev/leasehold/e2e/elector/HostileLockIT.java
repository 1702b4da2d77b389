package dev.leasehold.e2e.elector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.Clients;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.election.TermView;
import dev.leasehold.election.Timings;
import dev.leasehold.elector.LeaderElector;
import dev.leasehold.elector.Lock;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Locks that somebody has prepared so that the API server would refuse what a writer makes of them
 * who keeps all that it finds. All are free a second after they are seen.
 */
@ExtendWith(ControlPlaneExtension.class)
class HostileLockIT {

  private static final String NAMESPACE = "default";
  private static final String NAME = "hostile";

  /** What an API server takes at most: 256 KiB of keys and values. */
  private static final int MOST_ANNOTATIONS = 256 * 1024;

  private static final String FILLER = "example.com/filler";
  private static final Timings TIMINGS =
      new Timings(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofMillis(500));

  private final KubernetesClient client;

  HostileLockIT(ControlPlane plane) {
    this.client = Clients.of(plane.kubeconfig());
  }

  @AfterEach
  void remove() {
    client.leases().inNamespace(NAMESPACE).withName(NAME).delete();
    client.configMaps().inNamespace(NAMESPACE).withName(NAME).delete();
    client.close();
  }

  @Test
  void aLockWhoseTransitionsCanGrowNoMoreIsTaken() throws Exception {
    client
        .resource(lease().editSpec().withLeaseTransitions(Integer.MAX_VALUE).endSpec().build())
        .create();
    assertIsTaken(Lock.lease(NAMESPACE, NAME));
  }

  @Test
  void aLeaseWhoseAnnotationsAreFullIsTaken() throws Exception {
    client
        .resource(
            lease()
                .editMetadata()
                .withAnnotations(Map.of(FILLER, filler(FILLER.length())))
                .endMetadata()
                .build())
        .create();
    assertIsTaken(Lock.lease(NAMESPACE, NAME));
  }

  @Test
  void aConfigMapWhoseAnnotationsAreFullIsTaken() throws Exception {
    String key = "control-plane.alpha.kubernetes.io/leader";
    String record =
        "{\"holderIdentity\":\"\",\"leaseDurationSeconds\":1,\"leaderTransitions\":2147483647}";
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace(NAMESPACE)
            .withName(NAME)
            .withAnnotations(
                Map.of(
                    key, record, FILLER, filler(FILLER.length() + key.length() + record.length())))
            .endMetadata()
            .build();
    client.resource(map).create();
    assertIsTaken(Lock.configMap(NAMESPACE, NAME));
  }

  /** The API server shows the first as of the year 10000, the second as of the year -1. */
  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31T23:59:59.999999-12:00", "0000-01-01T00:00:00.000000+12:00"})
  void aLeaseWithATimeThatCannotBeReadIsTaken(String time) throws Exception {
    client.raw(
        "/apis/coordination.k8s.io/v1/namespaces/%s/leases".formatted(NAMESPACE),
        "POST",
        """
        {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
         "metadata": {"name": "%s", "namespace": "%s"},
         "spec": {"holderIdentity": "", "leaseDurationSeconds": 1,
                  "acquireTime": "%s", "renewTime": "%s"}}
        """
            .formatted(NAME, NAMESPACE, time, time));
    assertIsTaken(Lock.lease(NAMESPACE, NAME));
  }

  private void assertIsTaken(Lock lock) throws InterruptedException {
    BlockingQueue<TermView> terms = new LinkedBlockingQueue<>();
    try (LeaderElector elector =
        LeaderElector.of(lock)
            .client(client)
            .identity("taker")
            .timings(TIMINGS)
            .onStart(terms::add)
            .build()) {
      elector.start();
      assertThat(terms.poll(15, TimeUnit.SECONDS)).as("a term").isNotNull();
    }
  }

  private static LeaseBuilder lease() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(NAME)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity("")
        .withLeaseDurationSeconds(1)
        .endSpec();
  }

  private static String filler(int others) {
    return "x".repeat(MOST_ANNOTATIONS - others);
  }
}
