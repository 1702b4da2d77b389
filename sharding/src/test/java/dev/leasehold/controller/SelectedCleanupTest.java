package dev.leasehold.controller;

import static dev.leasehold.controller.RuntimeFixture.bucket;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of resources under a finalizer that the controller's selectors no longer match. */
@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class SelectedCleanupTest {

  private static final String OURS = "example.com/ours";
  private static final Source<ConfigMap> SELECTED = Source.of(ConfigMap.class).labels("mine=yes");

  KubernetesClient client;

  private final Recorder reconciler = new Recorder();
  private RuntimeFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void resourceThatNoLongerMatchesIsCleanedUpAndReleasedAndThenCalledGone() throws Exception {
    Recorder cleanup = new Recorder();
    use(cleanup);
    fixture.open(0);
    createSelected("a0");
    label("a0", Map.of());
    assertThat(cleanup.next().resource())
        .get()
        .matches(map -> map.hasFinalizer(OURS) && !map.isMarkedForDeletion());
    assertThat(reconciler.next().resource()).isEmpty();
    assertThat(read("a0").getFinalizers()).isEmpty();
    fixture.delete("a0");
    assertThat(read("a0")).isNull();
  }

  @Test
  void resourceThatGoesAfterItHasBeenHiddenIsCleanedUpBeforeIt() throws Exception {
    CompletableFuture<Boolean> isMarked = new CompletableFuture<>();
    Recorder cleanup =
        new Recorder(
            request -> {
              if (isMarked.isDone()) {
                return Result.done();
              }
              throw new IllegalStateException("as the test wants");
            });
    use(cleanup);
    fixture.open(0);
    createSelected("a0");
    label("a0", Map.of());
    cleanup.next();
    fixture.delete("a0");
    isMarked.complete(read("a0").isMarkedForDeletion());
    Awaitility.await().until(() -> read("a0") == null);
    assertThat(isMarked).isCompletedWithValue(true);
    assertThat(reconciler.next().resource()).isEmpty();
  }

  @Test
  void cleanupOfWhatIsHiddenIsNotGivenUpAndLeavesTheReconcilerItsRetries() throws Exception {
    Recorder cleanup =
        new Recorder(request -> request.attempt() < 4 ? Result.retry() : Result.done());
    Recorder failingOnce =
        new Recorder(
            request -> {
              if (request.resource().isEmpty() && request.attempt() == 1) {
                throw new IllegalStateException("as the test wants");
              }
              return Result.done();
            });
    fixture =
        new RuntimeFixture(
            client, Controller.of(SELECTED).retries(1).cleanup(OURS, cleanup), failingOnce);
    fixture.startAndSync();
    fixture.open(0);
    client.resource(selected("a0")).create();
    assertThat(failingOnce.next().resource()).isPresent();
    fixture.awaitIdle();
    failingOnce.forget();
    label("a0", Map.of());
    for (int attempt = 1; attempt <= 4; attempt++) {
      assertThat(cleanup.next().attempt()).isEqualTo(attempt);
    }
    assertThat(failingOnce.next().attempt()).isEqualTo(1);
    assertThat(failingOnce.next().attempt()).isEqualTo(2);
    assertThat(cleanup.isIdle()).isTrue();
  }

  @Test
  void resourceThatLeftTheViewWhileNobodyLedIsCleanedUpByTheNextLeader() throws Exception {
    Recorder cleanup = new Recorder();
    use(cleanup);
    fixture.open(0);
    createSelected("a0");
    fixture.runtime.close(bucket(0), stopped -> {});
    label("a0", Map.of());
    TypeInformer<ConfigMap> informer =
        fixture.informers.of(TypeScope.of(SELECTED, Set.of()).get(0));
    Awaitility.await().until(() -> informer.get(new ResourceKey("default", "a0")).isEmpty());
    // The events of one informer come in order, so this one's comes after the departure.
    client.resource(selected("b1")).create();
    fixture.open(1);
    assertThat(reconciler.next().key().name()).isEqualTo("b1");
    assertThat(cleanup.isIdle()).isTrue();
    fixture.open(0);
    assertThat(cleanup.next().key().name()).isEqualTo("a0");
    Awaitility.await().until(() -> read("a0").getFinalizers().isEmpty());
  }

  @Test
  void resourceThatMatchesAgainIsLeftToItsEventThoughTheCacheDoesNotHaveItYet() throws Exception {
    Recorder cleanup = new Recorder();
    ConfigMap back =
        client
            .resource(
                new ConfigMapBuilder(selected("a0"))
                    .editMetadata()
                    .addToFinalizers(OURS)
                    .endMetadata()
                    .build())
            .create();
    Departures<ConfigMap> departures = new Departures<>(client, SELECTED, OURS);
    departures.left(back, false);
    Reconciler<ConfigMap> finalizing =
        new FinalizingReconciler<>(reconciler, new Cleanup<>(OURS, cleanup), departures);
    use(cleanup);
    assertThat(finalizing.reconcile(CleanupTest.request(client, ResourceKey.of(back), null)))
        .isInstanceOf(Result.RequeueAfter.class);
    assertThat(cleanup.isIdle()).isTrue();
    assertThat(reconciler.isIdle()).isTrue();
  }

  @Test
  void resourceThatNeverMatchedIsNotOursToCleanUpWhateverItBears() throws Exception {
    Recorder cleanup = new Recorder();
    use(cleanup);
    ConfigMap foreign =
        client
            .resource(
                new ConfigMapBuilder(RuntimeFixture.configMap("a0"))
                    .editMetadata()
                    .addToFinalizers(OURS)
                    .endMetadata()
                    .build())
            .create();
    Reconciler<ConfigMap> finalizing =
        new FinalizingReconciler<>(
            reconciler, new Cleanup<>(OURS, cleanup), new Departures<>(client, SELECTED, OURS));
    assertThat(finalizing.reconcile(CleanupTest.request(client, ResourceKey.of(foreign), null)))
        .isEqualTo(Result.done());
    assertThat(reconciler.next().resource()).isEmpty();
    assertThat(cleanup.isIdle()).isTrue();
    assertThat(read("a0").getFinalizers()).containsExactly(OURS);
  }

  @Test
  void onlySoManyDeparturesAreRemembered() throws Exception {
    use(new Recorder());
    Departures<ConfigMap> departures = new Departures<>(client, SELECTED, OURS);
    ConfigMap map = selected("a0");
    for (int i = 0; i <= Departures.MOST; i++) {
      map.getMetadata().setName("name-" + i);
      departures.left(map, true);
    }
    assertThat(departures.keys())
        .hasSize(Departures.MOST)
        .startsWith(new ResourceKey("default", "name-1"));
    map.getMetadata().setName("unmarked");
    departures.left(map, false);
    assertThat(departures.keys()).doesNotContain(ResourceKey.of(map));
    departures.settle(new ResourceKey("default", "name-1"));
    assertThat(departures.keys()).hasSize(Departures.MOST - 1);
  }

  private void use(Reconciler<ConfigMap> cleanup) throws Exception {
    fixture =
        new RuntimeFixture(client, Controller.of(SELECTED).cleanup(OURS, cleanup), reconciler);
    fixture.startAndSync();
  }

  /** Creates it and waits until it has been reconciled under its finalizer. */
  private void createSelected(String name) throws InterruptedException {
    client.resource(selected(name)).create();
    assertThat(reconciler.next().resource()).get().matches(map -> map.hasFinalizer(OURS));
    fixture.awaitIdle();
    reconciler.forget();
  }

  private void label(String name, Map<String, String> labels) {
    client
        .configMaps()
        .inNamespace("default")
        .withName(name)
        .edit(
            map ->
                new ConfigMapBuilder(map).editMetadata().withLabels(labels).endMetadata().build());
  }

  private ConfigMap read(String name) {
    return client.configMaps().inNamespace("default").withName(name).get();
  }

  private static ConfigMap selected(String name) {
    return new ConfigMapBuilder(RuntimeFixture.configMap(name))
        .editMetadata()
        .addToLabels("mine", "yes")
        .endMetadata()
        .build();
  }
}
