package dev.leasehold.controller;

import static dev.leasehold.controller.RuntimeFixture.configMaps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.log.CapturedLog;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class ObserverTest {

  KubernetesClient client;

  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final Recorder reconciler = new Recorder();
  private RuntimeFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void observerSeesEachResourceAndEachChangeOnAReplicaThatLeadsNothing() throws Exception {
    client.resource(RuntimeFixture.configMap("a0")).create();
    use((key, resource) -> seen.add(key.name() + " " + resource.isPresent()));
    assertThat(next()).isEqualTo("a0 true");
    fixture.create("b1");
    assertThat(next()).isEqualTo("b1 true");
    fixture.delete("a0");
    assertThat(next()).isEqualTo("a0 false");
    assertThat(reconciler.isIdle()).isTrue();
  }

  @Test
  void observerSeesAgainWhatOwnsOrIsMeantByAChangedResource() throws Exception {
    client.resource(RuntimeFixture.configMap("a0")).create();
    use(
        configMaps()
            .owns(Secret.class)
            .watches(Node.class, node -> List.of(new ResourceKey("", "nobody"))),
        (key, resource) -> seen.add(key + " " + resource.isPresent()));
    assertThat(next()).isEqualTo("default/a0 true");
    client
        .resource(new NodeBuilder().withNewMetadata().withName("n").endMetadata().build())
        .create();
    // That is nobody's key, and it would have been seen before those that come now.
    Awaitility.await().until(() -> fixture.count(Occurrence.EVENT_FOREIGN) == 1);
    client.resource(RuntimeFixture.ownedSecret("a0", "secret")).create();
    assertThat(next()).isEqualTo("default/a0 true");
    assertThat(reconciler.isIdle()).isTrue();
  }

  @Test
  void observerThatThrowsIsCalledAgainAndReconcilersDoNotNotice() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    use(
        (key, resource) -> {
          if (calls.incrementAndGet() == 1) {
            throw new StackOverflowError("as the test wants");
          }
          seen.add(key.name());
        });
    fixture.open(0);
    try (CapturedLog log = CapturedLog.of(Observation.class)) {
      fixture.create("a0");
      assertThat(reconciler.next().attempt()).isEqualTo(1);
      assertThat(next()).isEqualTo("a0");
      assertThat(log.lines())
          .containsExactly(
              "WARN The observer of controller configmap failed for default/a0, attempt 1; it will"
                  + " be called again.");
    }
    assertThat(fixture.count(Occurrence.OBSERVER_FAILED)).isEqualTo(1);
  }

  @Test
  void observerThatBlocksIsCountedAndReconcilersDoNotNotice() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    use(
        (key, resource) -> {
          seen.add(key.name());
          mayGoOn.await();
        });
    fixture.open(0);
    fixture.create("a0");
    assertThat(next()).isEqualTo("a0");
    fixture.letPass(Watchdog.SUSPICIOUS);
    Awaitility.await().until(() -> fixture.count(Occurrence.OBSERVER_OVERRUN) == 1);
    assertThat(reconciler.next().key().name()).isEqualTo("a0");
    mayGoOn.countDown();
    Awaitility.await().until(() -> fixture.count(Occurrence.OBSERVED) == 1);
  }

  @Test
  void allObserversSeeEachResourceInTheOrderOfTheirRegistration() throws Exception {
    use((key, resource) -> seen.add("first " + key), (key, resource) -> seen.add("second " + key));
    fixture.create("a0");
    assertThat(next()).isEqualTo("first default/a0");
    assertThat(next()).isEqualTo("second default/a0");
  }

  @Test
  void observerThatThrowsKeepsNothingFromTheNextAndBothAreCalledAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    use(
        (key, resource) -> {
          if (calls.incrementAndGet() == 1) {
            throw new StackOverflowError("as the test wants");
          }
          seen.add("first");
        },
        (key, resource) -> seen.add("second"));
    fixture.create("a0");
    assertThat(List.of(next(), next(), next())).containsExactly("second", "first", "second");
    assertThat(fixture.count(Occurrence.OBSERVER_FAILED)).isEqualTo(1);
  }

  @SafeVarargs
  private void use(Observer<ConfigMap>... observers) throws Exception {
    use(configMaps(), observers);
  }

  @SafeVarargs
  private void use(ControllerBuilder<ConfigMap> builder, Observer<ConfigMap>... observers)
      throws Exception {
    for (Observer<ConfigMap> observer : observers) {
      builder.observer(observer);
    }
    fixture = new RuntimeFixture(client, builder, reconciler);
    fixture.startAndSync();
  }

  private String next() throws InterruptedException {
    String what = seen.poll(20, TimeUnit.SECONDS);
    assertThat(what).as("an observation within 20 s").isNotNull();
    return what;
  }
}
