package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How soon a lost watch is tried again. */
@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient
@Timeout(60)
class InformersTest {

  private static final String LIST = "/api/v1/configmaps?resourceVersion=0";
  private static final String WATCH =
      "/api/v1/configmaps?allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=600&watch=true";

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void lostWatchIsTriedAgainAfter50MillisecondsAndThenTwiceAsLongEachTimeUpTo1600()
      throws Exception {
    loseTheFirstWatchAndRefuseFurtherOnes();
    List<Long> pauses = new ArrayList<>();
    try (Informers informers = new Informers(client)) {
      informers.of(TypeScope.of(Source.of(ConfigMap.class), Set.of()).get(0)).start();
      assertThat(nextPath()).isEqualTo(LIST);
      assertThat(nextPath()).isEqualTo(WATCH);
      long last = System.nanoTime();
      for (int i = 0; i < 8; i++) {
        assertThat(nextPath()).isEqualTo(WATCH);
        long now = System.nanoTime();
        pauses.add(TimeUnit.NANOSECONDS.toMillis(now - last));
        last = now;
      }
    }
    // 50, 100, 200, 400, 800 and three times 1600, or 6350. What is said of one pause leaves half
    // of it to a machine that is late with one request and not with the next.
    assertThat(pauses.stream().mapToLong(Long::longValue).sum())
        .as("%s", pauses)
        .isBetween(6_000L, 14_000L);
    assertThat(pauses.get(4)).as("%s", pauses).isGreaterThan(400);
    assertThat(pauses.subList(6, 8)).allMatch(pause -> pause > 800 && pause < 3200);
  }

  private void loseTheFirstWatchAndRefuseFurtherOnes() {
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
        .once();
    server
        .expect()
        .get() // Else the refusals, which have a method, come before it.
        .withPath(WATCH)
        .andUpgradeToWebSocket()
        .open()
        .immediately()
        .andEmit(
            new WatchEvent(
                new StatusBuilder().withCode(HttpURLConnection.HTTP_INTERNAL_ERROR).build(),
                "ERROR"))
        .done()
        .once();
    server
        .expect()
        .get()
        .withPath(WATCH)
        .andReturn(HttpURLConnection.HTTP_UNAVAILABLE, new StatusBuilder().build())
        .always();
  }

  private String nextPath() throws InterruptedException {
    var request = server.takeRequest(20, TimeUnit.SECONDS);
    assertThat(request).as("a request within 20 s").isNotNull();
    return request.getPath();
  }
}
