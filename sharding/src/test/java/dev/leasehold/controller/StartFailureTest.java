package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
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
  void typeThatAppearsLaterIsSyncedWithoutARestart() throws Exception {
    fixture = new RuntimeFixture(client, RuntimeFixture.configMaps(), new Recorder());
    assertThatThrownBy(() -> fixture.startAndSync()).cause().isInstanceOf(StartFailure.class);
    server
        .expect()
        .get()
        .withPath(LIST)
        .andReturn(
            HttpURLConnection.HTTP_OK,
            new ConfigMapListBuilder()
                .withNewMetadata()
                .withResourceVersion("1")
                .endMetadata()
                .build())
        .always();
    server.expect().withPath(WATCH).andUpgradeToWebSocket().open().done().always();
    fixture.runtime.synced().toCompletableFuture().get(30, TimeUnit.SECONDS);
    Awaitility.await().until(() -> fixture.runtime.problem().isEmpty());
  }
}
