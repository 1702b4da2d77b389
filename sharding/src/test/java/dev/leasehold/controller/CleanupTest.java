package dev.leasehold.controller;

import static dev.leasehold.controller.RuntimeFixture.bucket;
import static dev.leasehold.controller.RuntimeFixture.configMaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Permit;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class CleanupTest {

  private static final String OURS = "example.com/ours";
  private static final String THEIRS = "example.com/theirs";

  KubernetesClient client;

  private final Recorder reconciler = new Recorder();
  private RuntimeFixture fixture;

  @AfterEach
  void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void finalizerIsOnTheResourceBeforeTheReconcilerSeesIt() throws Exception {
    use(new Recorder());
    fixture.create("a0");
    assertThat(reconciler.next().resource()).get().matches(map -> map.hasFinalizer(OURS));
    assertThat(read("a0").hasFinalizer(OURS)).isTrue();
  }

  @Test
  void cleanupRunsInTheReconcilersPlaceBeforeTheResourceGoes() throws Exception {
    Recorder cleanup =
        new Recorder(
            request -> {
              assertThat(read("a0").isMarkedForDeletion()).isTrue();
              return Result.done();
            });
    use(cleanup);
    fixture.create("a0");
    reconciler.next();
    fixture.awaitIdle();
    reconciler.forget();
    fixture.delete("a0");
    assertThat(cleanup.next().resource()).get().matches(ConfigMap::isMarkedForDeletion);
    assertThat(reconciler.next().resource()).isEmpty();
    assertThat(read("a0")).isNull();
  }

  @Test
  void cleanupThatFailsOrIsNotDoneYetIsCalledAgainAndTheResourceStays() throws Exception {
    Recorder cleanup =
        new Recorder(
            request -> {
              assertThat(read("a0")).isNotNull();
              return switch (request.attempt()) {
                case 1 -> throw new IllegalStateException("as the test wants");
                case 2 -> Result.retry();
                default -> Result.done();
              };
            });
    use(cleanup);
    fixture.create("a0");
    reconciler.next();
    fixture.delete("a0");
    assertThat(cleanup.next().attempt()).isEqualTo(1);
    assertThat(cleanup.next().attempt()).isEqualTo(2);
    assertThat(cleanup.next().attempt()).isEqualTo(3);
    Awaitility.await().until(() -> read("a0") == null);
  }

  @Test
  void cleanupIsNeverGivenUpHoweverFewTheRetries() throws Exception {
    Recorder cleanup =
        new Recorder(
            request -> {
              if (request.attempt() == 1) {
                throw new IllegalStateException("as the test wants");
              }
              return request.attempt() < 4 ? Result.retry() : Result.done();
            });
    use(configMaps().retries(0), cleanup);
    fixture.create("a0");
    reconciler.next();
    fixture.delete("a0");
    for (int attempt = 1; attempt <= 4; attempt++) {
      assertThat(cleanup.next().attempt()).isEqualTo(attempt);
    }
    Awaitility.await().until(() -> read("a0") == null);
  }

  @Test
  void cleanupThatWantsMoreTimeKeepsTheResource() throws Exception {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Recorder cleanup =
        new Recorder(request -> result.getNow(Result.requeueAfter(Duration.ofMillis(1))));
    use(cleanup);
    fixture.create("a0");
    reconciler.next();
    fixture.delete("a0");
    cleanup.next();
    cleanup.next();
    assertThat(read("a0").hasFinalizer(OURS)).isTrue();
    result.complete(Result.done());
    Awaitility.await().until(() -> read("a0") == null);
  }

  @Test
  void finalizersOfOthersAreKeptAndWhatTheyHoldIsLeftAlone() throws Exception {
    Recorder cleanup = new Recorder();
    use(cleanup);
    client.resource(finalizedBy(THEIRS)).create();
    assertThat(reconciler.next().resource())
        .get()
        .satisfies(map -> assertThat(map.getFinalizers()).containsExactly(THEIRS, OURS));
    fixture.awaitIdle();
    reconciler.forget();
    fixture.delete("a0");
    cleanup.next();
    Awaitility.await().until(() -> read("a0").getFinalizers().equals(List.of(THEIRS)));
    client
        .resource(
            new ConfigMapBuilder(read("a0"))
                .editMetadata()
                .addToLabels("still", "here")
                .endMetadata()
                .build())
        .update();
    fixture.create("b0");
    assertThat(reconciler.next().key().name()).isEqualTo("b0");
    assertThat(cleanup.isIdle()).isTrue();
  }

  @Test
  void replicaThatLeadsByThenCleansUpWhatAnotherHasMarked() throws Exception {
    Recorder first = new Recorder();
    use(first);
    fixture.create("a0");
    reconciler.next();
    fixture.awaitIdle();
    fixture.runtime.close(bucket(0), stopped -> {});
    fixture.delete("a0");
    Recorder second = new Recorder();
    try (RuntimeFixture other =
        new RuntimeFixture(client, configMaps().cleanup(OURS, second), reconciler)) {
      other.startAndSync();
      other.open(0);
      second.next();
      Awaitility.await().until(() -> read("a0") == null);
    }
    assertThat(first.isIdle()).isTrue();
  }

  @Test
  void termThatEndsDuringTheCleanupLeavesTheFinalizerToTheNextLeader() throws Exception {
    CompletableFuture<FakeTerm> term = new CompletableFuture<>();
    Recorder cleanup =
        new Recorder(
            request -> {
              term.get(20, TimeUnit.SECONDS).end();
              return Result.done();
            });
    term.complete(use(cleanup));
    fixture.create("a0");
    reconciler.next();
    fixture.delete("a0");
    cleanup.next();
    Awaitility.await().until(() -> fixture.count(Occurrence.WRITE_REFUSED) == 1);
    assertThat(read("a0").hasFinalizer(OURS)).isTrue();
  }

  @Test
  void oldStateInTheCacheIsDecidedAnewAndNothingIsCalled() throws Exception {
    ConfigMap old = client.resource(RuntimeFixture.configMap("a0")).create();
    client.resource(new ConfigMapBuilder(old).addToData("a", "1").build()).update();
    Reconciler<ConfigMap> finalizing =
        new FinalizingReconciler<>(reconciler, new Cleanup<>(OURS, reconciler), null);
    assertThat(finalizing.reconcile(request(client, ResourceKey.of(old), old)))
        .isEqualTo(Result.requeueAfter(Duration.ofSeconds(1)));
    assertThat(reconciler.isIdle()).isTrue();
    assertThat(read("a0").getFinalizers()).isEmpty();
  }

  @Test
  void finalizerIsNamedAfterGroupAndControllerUnlessGiven() {
    assertThat(configMaps().cleanup(reconciler).named("mine").reconciler(reconciler).finalizer())
        .contains("leasehold.dev/mine");
    assertThat(
            Controller.of(io.fabric8.kubernetes.api.model.apps.Deployment.class)
                .cleanup(request -> Result.done())
                .reconciler(request -> Result.done())
                .finalizer())
        .contains("apps/deployment");
    assertThat(configMaps().cleanup(OURS, reconciler).reconciler(reconciler).finalizer())
        .contains(OURS);
    assertThat(configMaps().reconciler(reconciler).finalizer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "noslash", "/a", "a/", "Upper.com/a", "a..b/c", "a.b/-c", "a/b/c"})
  void finalizerThatTheApiServerWouldRefuseIsRefused(String name) {
    assertThatThrownBy(() -> configMaps().cleanup(name, reconciler))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  private FakeTerm use(Reconciler<ConfigMap> cleanup) throws Exception {
    return use(configMaps(), cleanup);
  }

  private FakeTerm use(ControllerBuilder<ConfigMap> builder, Reconciler<ConfigMap> cleanup)
      throws Exception {
    fixture = new RuntimeFixture(client, builder.cleanup(OURS, cleanup), reconciler);
    fixture.startAndSync();
    return fixture.open(0);
  }

  private ConfigMap read(String name) {
    return client.configMaps().inNamespace("default").withName(name).get();
  }

  static Request<ConfigMap> request(
      KubernetesClient client, ResourceKey key, @Nullable ConfigMap cached) {
    Permit permit = new Permit(new Bucket("configmap", 0, 1), new FakeTerm(1));
    return new CachedRequest<>(
        key,
        Optional.ofNullable(cached),
        1,
        Lane.LIVE,
        permit.bucket(),
        permit,
        Writes.of(client, "shop.configmap", permit));
  }

  private static ConfigMap finalizedBy(String finalizer) {
    return new ConfigMapBuilder(RuntimeFixture.configMap("a0"))
        .editMetadata()
        .addToFinalizers(finalizer)
        .endMetadata()
        .build();
  }
}
