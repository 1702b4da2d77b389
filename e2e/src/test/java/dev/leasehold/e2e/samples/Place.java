package dev.leasehold.e2e.samples;

import static org.awaitility.Awaitility.await;

import dev.leasehold.samples.cli.ResourceTypes;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;

/** A new namespace with the samples' types, and a second one to copy into. */
record Place(KubernetesClient client, String namespace, String target) implements AutoCloseable {

  /** For everything that has no promised time, on a machine that may be busy. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  static Place make(ControlPlane plane) throws InterruptedException {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(plane.kubeconfig().toFile()))
            .build();
    String name = "samples-" + UUID.randomUUID().toString().substring(0, 8);
    Place place = new Place(client, name, name + "-copies");
    place.create(place.namespace());
    place.create(place.target());
    for (var type : ResourceTypes.ofSamples()) {
      new ResourceTypes(client).install(type);
    }
    return place;
  }

  private void create(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** Waits for something to hold that needs no particular time. */
  static void awaitAsserted(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  @Override
  public void close() {
    client.close();
  }
}
