package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Permit;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient
@Timeout(60)
class WritesOnceTest {

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void failedWriteIsNotRepeatedBehindThePermitsBack() {
    server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/default/configmaps")
        .andReturn(HttpURLConnection.HTTP_UNAVAILABLE, "")
        .always();
    Writes writes =
        Writes.of(
            client, "shop.configmap", new Permit(new Bucket("configmap", 0, 1), new FakeTerm(7)));
    assertThatThrownBy(() -> writes.create(RuntimeFixture.configMap("a0")))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }
}
