package dev.leasehold.controller;

import static dev.leasehold.controller.RuntimeFixture.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.log.CapturedLog;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which resources and which of their changes reach a reconciler. */
@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class SelectionTest {

  private static final ResourceDefinitionContext CONFIG_MAPS =
      new ResourceDefinitionContext.Builder()
          .withVersion("v1")
          .withKind("ConfigMap")
          .withPlural("configmaps")
          .withNamespaced(true)
          .build();

  KubernetesMockServer server;
  KubernetesClient client;

  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final Map<Occurrence, Integer> counts = new ConcurrentHashMap<>();
  private final List<ControllerRuntime<?>> runtimes = new ArrayList<>();
  private Informers informers;

  @BeforeEach
  void open() {
    informers = new Informers(client);
  }

  @AfterEach
  void close() {
    runtimes.forEach(ControllerRuntime::close);
    informers.close();
  }

  @Test
  void updateThatNoFilterAcceptsIsCountedAndNotReconciled() throws Exception {
    start(Controller.of(Source.of(ConfigMap.class).filter(Change.inLabels())), "all");
    client.resource(configMap("a")).create();
    assertThat(next()).isEqualTo("all default/a");
    edit("a", map -> map.addToData("x", "1"));
    Awaitility.await().until(() -> count(Occurrence.EVENT_FILTERED) == 1);
    edit("a", map -> map.editMetadata().addToLabels("x", "1").endMetadata());
    assertThat(next()).isEqualTo("all default/a");
  }

  @Test
  void filterThatThrowsLetsTheUpdateThrough() throws Exception {
    start(
        Controller.of(
            Source.of(ConfigMap.class)
                .filter(
                    change -> {
                      throw new StackOverflowError("as the test wants");
                    })),
        "all");
    client.resource(configMap("a")).create();
    next();
    try (CapturedLog log = CapturedLog.of(Feed.class)) {
      edit("a", map -> map.addToData("x", "1"));
      assertThat(next()).isEqualTo("all default/a");
      assertThat(log.lines())
          .containsExactly(
              "ERROR A filter has failed for configmaps default/a; its update is let through.");
    }
    assertThat(count(Occurrence.FILTER_FAILED)).isEqualTo(1);
  }

  @Test
  void resourceThatNoLongerMatchesTheLabelsIsReconciledAsDeleted() throws Exception {
    start(Controller.of(Source.of(ConfigMap.class).labels("mine=yes")), "mine");
    client.resource(configMap("foreign")).create();
    client.resource(configMap("a")).create();
    edit("a", map -> map.editMetadata().addToLabels("mine", "yes").endMetadata());
    assertThat(next()).isEqualTo("mine default/a");
    edit("a", map -> map.editMetadata().removeFromLabels("mine").endMetadata());
    assertThat(next()).isEqualTo("mine default/a without a resource");
  }

  @Test
  void fieldSelectorsReachTheApiServer() throws Exception {
    start(Controller.of(Source.of(ConfigMap.class).fields("metadata.name=a")), "one");
    client.resource(configMap("b")).create();
    client.resource(configMap("a")).create();
    assertThat(next()).isEqualTo("one default/a");
    assertThat(seen).isEmpty();
  }

  @Test
  void typeWithoutAJavaClassIsReconciledAndOwnsLikeAnyOther() throws Exception {
    start(Controller.of(Source.of(CONFIG_MAPS)).owns(Secret.class), "generic");
    client.resource(configMap("a")).create();
    assertThat(next()).isEqualTo("generic default/a");
    client.resource(RuntimeFixture.ownedSecret("a", "secret")).create();
    assertThat(next()).isEqualTo("generic default/a");
  }

  @Test
  void clusterScopedTypeIsReconciledByNameAlone() throws Exception {
    start(
        Controller.of(Node.class)
            .watches(
                ConfigMap.class,
                map -> List.of(new ResourceKey("", "n1"), new ResourceKey("default", "n1"))),
        "node");
    client
        .resource(new NodeBuilder().withNewMetadata().withName("n1").endMetadata().build())
        .create();
    assertThat(next()).isEqualTo("node n1");
    client.resource(configMap("a")).create();
    assertThat(next()).isEqualTo("node n1");
    // Named second, so it may be counted after the first one has run.
    Awaitility.await().until(() -> count(Occurrence.EVENT_FOREIGN) == 1);
  }

  @Test
  void controllersOfOneTypeShareAWatchAndEachHearsOfEveryChange() throws Exception {
    start(Controller.of(ConfigMap.class).named("one"), "one");
    start(Controller.of(ConfigMap.class).named("two"), "two");
    client.resource(configMap("a")).create();
    assertThat(List.of(next(), next())).containsExactlyInAnyOrder("one default/a", "two default/a");
    List<String> watches = new ArrayList<>();
    for (int i = server.getRequestCount(); i > 0; i--) {
      String path = server.takeRequest().getPath();
      if (path.contains("watch=true")) {
        watches.add(path);
      }
    }
    assertThat(watches).hasSize(1);
  }

  @Test
  void updateThatARunHasMadeItselfDoesNotComeBackAndThatOfAnotherControllerDoes() throws Exception {
    start(
        Controller.of(ConfigMap.class).named("one"),
        request -> {
          ConfigMap map = request.resource().orElseThrow();
          if (map.getData() == null || map.getData().isEmpty()) {
            request.writes().update(new ConfigMapBuilder(map).addToData("x", "1").build());
          }
          seen.add("one " + request.key());
          return Result.done();
        });
    start(Controller.of(ConfigMap.class).named("two"), "two");
    client.resource(configMap("a")).create();
    Awaitility.await().until(() -> count(Occurrence.EVENT_OWN) == 1);
    Awaitility.await().until(() -> seen.stream().filter("two default/a"::equals).count() == 2);
    assertThat(seen).containsOnlyOnce("one default/a");
  }

  @Test
  void secondTypeCanBeLookedAtInANamespaceWhereTheControllerDoesNotLook() throws Exception {
    Source<ConfigMap> defaults = Source.of(ConfigMap.class).namespaces("central");
    start(
        Controller.of(ConfigMap.class)
            .namespaces("default")
            .watches(defaults, map -> List.of(new ResourceKey("default", "a"))),
        "mine");
    ConfigMap central = configMap("defaults");
    for (String namespace : List.of("elsewhere", "central")) {
      central.getMetadata().setNamespace(namespace);
      client.resource(central).create();
    }
    assertThat(next()).isEqualTo("mine default/a without a resource");
    Awaitility.await().until(() -> count(Occurrence.EVENT_ENQUEUED) == 1);
    assertThat(seen).isEmpty();
  }

  @Test
  void keyOf253CharactersIsAKeyLikeAnyOther() throws Exception {
    String name = "a".repeat(253);
    start(Controller.of(ConfigMap.class), "all");
    client.resource(configMap(name)).create();
    assertThat(next()).isEqualTo("all default/" + name);
  }

  private <R extends HasMetadata> void start(ControllerBuilder<R> builder, String as)
      throws Exception {
    start(
        builder,
        request -> {
          seen.add(
              as
                  + " "
                  + request.key()
                  + (request.resource().isPresent() ? "" : " without a resource"));
          return Result.done();
        });
  }

  private <R extends HasMetadata> void start(ControllerBuilder<R> builder, Reconciler<R> reconciler)
      throws Exception {
    Controller<R> controller = builder.reconciler(reconciler);
    ControllerRuntime<R> runtime =
        ControllerRuntime.of(
            controller,
            BucketSet.of(controller.name(), 1, KeyHash.NAME),
            new ControllerPorts(
                Writes.once(client),
                informers,
                Clocks.system(),
                "shop." + controller.name(),
                ReconcileListener.NONE,
                what -> counts.merge(what, 1, Integer::sum)));
    runtimes.add(runtime);
    runtime.start().toCompletableFuture().get(20, TimeUnit.SECONDS);
    runtime.open(new Bucket(controller.name(), 0, 1), new FakeTerm(7));
    Awaitility.await().until(() -> !runtime.isReplaying());
  }

  private String next() throws InterruptedException {
    String what = seen.poll(20, TimeUnit.SECONDS);
    assertThat(what).as("a reconcile within 20 s").isNotNull();
    return what;
  }

  private int count(Occurrence what) {
    return counts.getOrDefault(what, 0);
  }

  private void edit(String name, Function<ConfigMapBuilder, ConfigMapBuilder> how) {
    client
        .configMaps()
        .inNamespace("default")
        .withName(name)
        .edit(map -> how.apply(new ConfigMapBuilder(map)).build());
  }
}
