package dev.leasehold.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.samples.cli.ResourceTypes;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageDefinition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private EmbeddedCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = EmbeddedCluster.start(folder);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void anInformerFollowsCreationChangeAndDeletion() {
    SharedIndexInformer<ConfigMap> informer =
        cluster.client().configMaps().inNamespace("default").inform();

    cluster.client().resource(map("a", "1")).create();
    await().atMost(SOON).until(() -> informer.getStore().list().size() == 1);
    cluster.client().resource(map("a", "2")).update();
    await()
        .atMost(SOON)
        .until(() -> "2".equals(informer.getStore().list().get(0).getData().get("k")));
    cluster.client().resource(map("a", "2")).delete();
    await().atMost(SOON).until(() -> informer.getStore().list().isEmpty());
  }

  @Test
  void aWriteFromAnOldVersionIsAConflict() {
    ConfigMap first = cluster.client().resource(map("a", "1")).create();
    cluster.client().resource(map("a", "2")).update();

    assertThatThrownBy(() -> cluster.client().resource(first).update())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, no -> assertThat(no.getCode()).isEqualTo(409));
  }

  @Test
  void aWatcherThatIsKilledKeepsNobodyWaiting() throws IOException {
    killedWatcher();
    SharedIndexInformer<ConfigMap> informer =
        cluster.client().configMaps().inNamespace("default").inform();
    killedWatcher();

    for (int i = 0; i < 20; i++) {
      cluster.client().resource(map("m" + i, "1")).create();
    }

    await().atMost(SOON).until(() -> informer.getStore().list().size() == 20);
  }

  @Test
  void pagesAreServedOnceTheirTypeIsInstalledAndAStatusIsWrittenApart() throws Exception {
    new ResourceTypes(cluster.client()).install(WebPageDefinition.load());
    new Pages(cluster.client(), "default", 3).create();

    assertThat(cluster.client().resources(WebPage.class).inNamespace("default").list().getItems())
        .hasSize(3)
        .allSatisfy(page -> assertThat(Pages.isName(page.getMetadata().getName())).isTrue())
        .allSatisfy(page -> assertThat(page.getMetadata().getGeneration()).isEqualTo(1));
  }

  /** Opens a watch and resets its connection, as the kernel does for a killed process. */
  private void killedWatcher() throws IOException {
    URI server = URI.create(cluster.client().getMasterUrl().toString());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
      String request =
          """
          GET /api/v1/namespaces/default/configmaps?watch=true HTTP/1.1
          Host: 127.0.0.1
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
          Sec-WebSocket-Version: 13

          """;
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.setSoLinger(true, 0);
    }
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .addToData("k", value)
        .build();
  }
}
