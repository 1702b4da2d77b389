package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.ControllerManager;
import dev.leasehold.controller.Result;
import dev.leasehold.e2e.campaign.network.TcpProxy;
import dev.leasehold.e2e.campaign.network.Weather;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.samples.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A watch that was cut off for so long that the API server can't go on with it (code 410). */
@ExtendWith(ControlPlaneExtension.class)
class ExpiredWatchIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LocalControlPlane plane;
  private final KubernetesClient admin;
  private final String namespace = "expired-" + UUID.randomUUID().toString().substring(0, 8);

  /** What the observer was last told of each key: its data, or that it is gone. */
  private final Map<String, String> seen = new ConcurrentHashMap<>();

  ExpiredWatchIT(LocalControlPlane plane) {
    this.plane = plane;
    this.admin = new KubernetesClientBuilder().withConfig(config()).build();
  }

  @BeforeEach
  void createNamespace() {
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterEach
  void removeAndClose() {
    plane.apiServer().start();
    admin.namespaces().withName(namespace).delete();
    admin.close();
  }

  @Test
  void whatChangedCameAndWentMeanwhileIsSeenOnceTheNetworkIsBack() throws Exception {
    Config behind = config();
    try (TcpProxy network = new TcpProxy(plane.address().getPort())) {
      behind.setMasterUrl("https://127.0.0.1:" + network.port());
      try (KubernetesClient client = new KubernetesClientBuilder().withConfig(behind).build();
          ControllerManager manager =
              ControllerManager.builder(client)
                  .component("expired")
                  .namespace(namespace)
                  .withoutEvents()
                  .httpPort(0)
                  .build()) {
        manager.register(
            Controller.of(ConfigMap.class)
                .namespaces(namespace)
                .observer(
                    (key, map) ->
                        seen.put(key.name(), map.map(one -> one.getData().get("x")).orElse("gone")))
                .reconciler(request -> Result.done()));
        manager.start();
        admin.resource(configMap("changed", "1")).create();
        String version =
            admin.resource(configMap("goes", "1")).create().getMetadata().getResourceVersion();
        await().atMost(PATIENCE).until(() -> seen.keySet().equals(Set.of("changed", "goes")));
        await().atMost(PATIENCE).until(() -> readiness(manager) == 200);

        network.weather(Weather.CUT);
        // Its end of the watch is gone, so that none of the events that follow is on its way.
        restartApiServer();
        admin.resource(configMap("changed", "2")).update();
        admin.resource(configMap("goes", "1")).delete();
        admin.resource(configMap("comes", "1")).create();
        // It keeps no events from before its start.
        restartApiServer();
        assertThat(isExpired(version)).isTrue();
        assertThat(seen).doesNotContainKey("comes");
        await().atMost(PATIENCE).until(() -> readiness(manager) == 503);
        network.weather(Weather.CLEAR);

        await()
            .atMost(PATIENCE)
            .until(() -> seen.equals(Map.of("changed", "2", "goes", "gone", "comes", "1")));
        await().atMost(PATIENCE).until(() -> readiness(manager) == 200);
      }
    }
  }

  /** The code that the readiness probe is answered with. */
  private static int readiness(ControllerManager manager) throws Exception {
    int port = manager.httpAddress().orElseThrow().getPort();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private void restartApiServer() {
    plane.apiServer().kill();
    plane.apiServer().start();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> "ok".equals(admin.raw("/readyz")));
  }

  /** Whether a watch from that version on is refused for its age. */
  private boolean isExpired(String version) throws Exception {
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    try (Watch watch =
        admin
            .configMaps()
            .inNamespace(namespace)
            .watch(
                new ListOptionsBuilder().withResourceVersion(version).build(),
                new Watcher<ConfigMap>() {
                  @Override
                  public void eventReceived(Action action, ConfigMap map) {
                    gone.complete(false);
                  }

                  @Override
                  public void onClose(WatcherException cause) {
                    gone.complete(cause.isHttpGone());
                  }
                })) {
      assertThat(watch).isNotNull();
      return gone.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .addToData("x", value)
        .build();
  }

  private Config config() {
    return Config.fromKubeconfig(plane.kubeconfig().toFile());
  }
}
