package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that answers nothing but what a test has told it, and 404 to all else. */
@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient
@Timeout(60)
class StartFailureTest {

  private static final String LIST = "/api/v1/configmaps?resourceVersion=0";
  private static final String WATCH =
      "/api/v1/configmaps?allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=600&watch=true";

  KubernetesMockServer server;
  KubernetesClient client;

  private RuntimeFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void missingTypeIsSaidInOneSentence() {
    fixture = new RuntimeFixture(client, RuntimeFixture.configMaps(), new Recorder());
    assertThatThrownBy(() -> fixture.startAndSync())
        .cause()
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "The resource type configmaps (v1) isn't served by this API server: install its CRD, or check the version.");
    assertThat(fixture.runtime.problem()).isPresent();
    assertThat(fixture.runtime.synced().toCompletableFuture()).isNotDone();
  }

  @Test
  void missingPermissionIsSaidInOneSentence() {
    String said = "configmaps is forbidden: User \"anybody\" cannot list resource \"configmaps\"";
    server
        .expect()
        .get()
        .withPath(LIST)
        .andReturn(
            HttpURLConnection.HTTP_FORBIDDEN,
            new StatusBuilder()
                .withCode(HttpURLConnection.HTTP_FORBIDDEN)
                .withMessage(said)
                .build())
        .always();
    fixture = new RuntimeFixture(client, RuntimeFixture.configMaps(), new Recorder());
    assertThatThrownBy(() -> fixture.startAndSync())
        .cause()
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "This account may not list and watch configmaps in the whole cluster: grant it both verbs on the resource (the API server says: "
                + said
                + ").");
  }

  @Test
  void watchThatIsToldItsVersionIsGoneListsAgain() throws Exception {
    server.expect().get().withPath(LIST).andReturn(HttpURLConnection.HTTP_OK, list("1")).once();
    server
        .expect()
        .withPath(WATCH)
        .andUpgradeToWebSocket()
        .open()
        .immediately()
        .andEmit(new WatchEvent(gone(), "ERROR"))
        .done()
        .once();
    server
        .expect()
        .get()
        .withPath("/api/v1/configmaps")
        .andReturn(HttpURLConnection.HTTP_OK, list("5", RuntimeFixture.configMap("a0")))
        .always();
    server
        .expect()
        .withPath(WATCH.replace("resourceVersion=1", "resourceVersion=5"))
        .andUpgradeToWebSocket()
        .open()
        .done()
        .always();
    Recorder recorder = new Recorder();
    fixture = new RuntimeFixture(client, RuntimeFixture.configMaps(), recorder).startAndSync();
    fixture.open(0);
    assertThat(recorder.next().key().name()).isEqualTo("a0");
    Awaitility.await().until(() -> fixture.runtime.problem().isEmpty());
  }

  @Test
  void typeThatAppearsLaterIsSyncedWithoutARestart() throws Exception {
    fixture = new RuntimeFixture(client, RuntimeFixture.configMaps(), new Recorder());
    assertThatThrownBy(() -> fixture.startAndSync()).cause().isInstanceOf(StartFailure.class);
    server.expect().get().withPath(LIST).andReturn(HttpURLConnection.HTTP_OK, list("1")).always();
    server.expect().withPath(WATCH).andUpgradeToWebSocket().open().done().always();
    fixture.runtime.synced().toCompletableFuture().get(30, TimeUnit.SECONDS);
    Awaitility.await().until(() -> fixture.runtime.problem().isEmpty());
  }

  private static ConfigMapList list(String version, ConfigMap... items) {
    return new ConfigMapListBuilder()
        .withNewMetadata()
        .withResourceVersion(version)
        .endMetadata()
        .withItems(items)
        .build();
  }

  private static Status gone() {
    return new StatusBuilder()
        .withCode(HttpURLConnection.HTTP_GONE)
        .withMessage("too old resource version")
        .build();
  }
}
