package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.BucketCounts;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import dev.leasehold.time.Now;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * A controller of config maps in four buckets: the bucket of a name is the digit at its end.
 *
 * <p>Backoff is between 1 and 2 ms, so that retries come at once.
 */
final class RuntimeFixture implements AutoCloseable {

  static final int BUCKETS = 4;

  final KubernetesClient client;
  final Informers informers;
  final ControllerRuntime<ConfigMap> runtime;
  private final CountingTally tally = new CountingTally();
  private final AtomicLong aheadNanos = new AtomicLong();

  RuntimeFixture(
      KubernetesClient client, ControllerBuilder<ConfigMap> builder, Reconciler<ConfigMap> does) {
    this(client, builder, does, ReconcileListener.NONE);
  }

  RuntimeFixture(
      KubernetesClient client,
      ControllerBuilder<ConfigMap> builder,
      Reconciler<ConfigMap> does,
      ReconcileListener listener) {
    this(client, new Informers(client), builder, does, listener);
  }

  private RuntimeFixture(
      KubernetesClient client,
      Informers informers,
      ControllerBuilder<ConfigMap> builder,
      Reconciler<ConfigMap> does,
      ReconcileListener listener) {
    this.client = client;
    this.informers = informers;
    WorkQueue<ResourceKey> queue =
        new WorkQueue<>(
            key -> key.name().charAt(key.name().length() - 1) - '0',
            Clocks.system(),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 0.1, new SplittableRandom(1)),
            RateLimit.standard());
    this.runtime =
        new ControllerRuntime<>(
            builder.buckets(BUCKETS).reconciler(does), ports(client, listener), queue);
  }

  /** A second controller that shares the watches, as the controllers of a manager do. */
  RuntimeFixture beside(ControllerBuilder<ConfigMap> builder, Reconciler<ConfigMap> does) {
    return new RuntimeFixture(client, informers, builder, does, ReconcileListener.NONE);
  }

  private ControllerPorts ports(KubernetesClient client, ReconcileListener listener) {
    // As in a manager, which lets no listener throw.
    return new ControllerPorts(
        Writes.once(client),
        informers,
        () -> {
          Now now = Clocks.system().now();
          return new Now(now.nanos() + aheadNanos.get(), now.wallMillis());
        },
        "shop.configmap",
        new ReconcileListeners(List.of(listener)),
        tally);
  }

  /** Lets everything but the queue believe that so much time has passed. */
  void letPass(Duration time) {
    aheadNanos.addAndGet(time.toNanos());
  }

  /** How often something was counted. */
  int count(Occurrence what) {
    return tally.count.getOrDefault(what, 0);
  }

  private static final class CountingTally implements Tally {

    private final Map<Occurrence, Integer> count = new ConcurrentHashMap<>();

    @Override
    public void count(Occurrence what) {
      count.merge(what, 1, Integer::sum);
    }
  }

  static ControllerBuilder<ConfigMap> configMaps() {
    return Controller.of(ConfigMap.class);
  }

  RuntimeFixture startAndSync() throws Exception {
    runtime.start().toCompletableFuture().get(20, TimeUnit.SECONDS);
    return this;
  }

  void create(String name) {
    client.resource(configMap(name)).create();
  }

  void change(String name) {
    client
        .configMaps()
        .inNamespace("default")
        .withName(name)
        .edit(
            map ->
                new ConfigMapBuilder(map)
                    .addToData("changed", map.getMetadata().getResourceVersion())
                    .build());
  }

  void delete(String name) {
    client.configMaps().inNamespace("default").withName(name).delete();
  }

  /** Waits until the cache has the config map, and so its event has at least been distributed. */
  void awaitCached(String name) {
    TypeInformer<ConfigMap> informer =
        informers.of(TypeScope.of(Source.of(ConfigMap.class), Set.of()).get(0));
    Awaitility.await().until(() -> informer.get(new ResourceKey("default", name)).isPresent());
  }

  /** Waits until no key is queued or running. */
  void awaitIdle() {
    Awaitility.await()
        .until(
            () ->
                runtime.counts().stream()
                    .mapToInt(counts -> counts.queued() + counts.running())
                    .allMatch(count -> count == 0));
  }

  BucketCounts counts(int bucket) {
    return runtime.counts().stream()
        .filter(counts -> counts.bucket().index() == bucket)
        .findFirst()
        .orElseThrow();
  }

  /** Opens a bucket and waits for its replay, so that what is created later comes as an event. */
  FakeTerm open(int bucket) {
    FakeTerm term = new FakeTerm(100 + bucket);
    runtime.open(bucket(bucket), term);
    Awaitility.await().until(() -> !runtime.isReplaying());
    return term;
  }

  static Bucket bucket(int index) {
    return new Bucket("configmap", index, BUCKETS);
  }

  static ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .build();
  }

  @Override
  public void close() {
    runtime.close();
    informers.close();
  }

  /** Waits as code does that ignores interrupts. */
  static void awaitWhateverHappens(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
  }

  /** A secret that says a config map is its controller. */
  static Secret ownedSecret(String owner, String name) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName(owner)
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .build();
  }
}
