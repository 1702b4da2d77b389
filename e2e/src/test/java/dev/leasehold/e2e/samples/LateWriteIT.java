package dev.leasehold.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.registry.RegistryServer;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the epoch is for: a leader is paused past its term while its write is under way. */
@ExtendWith(ControlPlaneExtension.class)
class LateWriteIT {

  private final ControlPlane plane;
  private final Path folder;

  LateWriteIT(ControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @Test
  void lateWriteOfALeaderThatWasPausedPastItsTermIsRefused() throws Exception {
    Path entries = Files.createDirectory(folder.resolve("entries"));
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Place place = Place.make(plane);
        RegistryServer registry = RegistryServer.start(anywhere, entries)) {
      URI direct = URI.create("http://127.0.0.1:" + registry.address().getPort());
      try (HoldingProxy network = new HoldingProxy(direct);
          Replica late = start("late", place, network)) {
        Service service = place.client().resource(service(place, 80)).create();
        String lateEpoch = network.awaitHeldEpoch();
        late.pause();

        try (Replica next = start("next", place, network)) {
          String address = service.getSpec().getClusterIP();
          URI entry = direct.resolve("/services/" + place.namespace() + ".api");
          Place.awaitAsserted(() -> assertThat(get(entry).statusCode()).isEqualTo(200));
          place.client().resource(service(place, 81)).patch();
          Place.awaitAsserted(() -> assertThat(get(entry).body()).isEqualTo(address + " 81/TCP"));

          assertThat(network.releaseHeld()).isEqualTo(412);
          late.resume();
          HttpResponse<String> after = get(entry);
          assertThat(after.body()).isEqualTo(address + " 81/TCP");
          String nextEpoch = after.headers().firstValue(RegistryServer.EPOCH).orElseThrow();
          assertThat(Long.parseUnsignedLong(nextEpoch))
              .isGreaterThan(Long.parseUnsignedLong(lateEpoch));
          assertThat(
                  place
                      .client()
                      .services()
                      .inNamespace(place.namespace())
                      .withName("api")
                      .get()
                      .getMetadata()
                      .getAnnotations())
              .containsEntry("samples.leasehold.dev/published-epoch", nextEpoch);
          assertThat(next.isAlive()).isTrue();
        }
      }
    }
  }

  private Replica start(String name, Place place, HoldingProxy network) {
    return Replica.start(
        name,
        folder,
        List.of(
            "--component=shop",
            "--controllers=publisher",
            "--buckets=publisher=1",
            "--registry=" + network.address(),
            "--namespace=" + place.namespace(),
            "--kubeconfig=" + plane.kubeconfig(),
            "--http-port=0",
            "--lease-duration=5s",
            "--renew-deadline=3500ms",
            "--retry-period=1s"));
  }

  private static Service service(Place place, int port) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(place.namespace())
        .withName("api")
        .addToLabels("samples.leasehold.dev/publish", "true")
        .endMetadata()
        .withNewSpec()
        .addNewPort()
        .withPort(port)
        .endPort()
        .endSpec()
        .build();
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
