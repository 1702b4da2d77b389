package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.ToDoubleFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How long a promotion takes of a bucket that has a tenth of 1,000,000 keys: from the opening of
 * the gate, as a claim opens it, to the first call of the reconciler and to the last key in the
 * queue. Alone, while the others are being resynced, and all ten at once.
 *
 * <p>The keys are in the index, as the events of an informer put them there, and not in an
 * informer's cache, which a promotion doesn't ask. So reconcilers find no resource; these do
 * nothing anyway.
 *
 * <p>Run by name, {@code mvn test -pl sharding -am -Dtest=PromotionFigures
 * -Dsurefire.failIfNoSpecifiedTests=false}, on a machine that has nothing else to do: the figures
 * are times of the wall.
 */
@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
class PromotionFigures {

  private static final int BUCKETS = 10;
  private static final int KEYS = 1_000_000;
  private static final int ROUNDS = 10;
  private static final double MOST_MILLIS_TO_FIRST = 5;
  private static final double MOST_MILLIS_TO_ALL = 100;

  KubernetesClient client;

  private final BucketSet layout = BucketSet.of("configmap", BUCKETS, KeyHash.NAME);

  /** When the first key of each bucket ran; zero if none has. */
  private final AtomicLongArray firsts = new AtomicLongArray(BUCKETS);

  /** How long each replay took that has ended, in nanoseconds from its opening. */
  private final LinkedBlockingQueue<Long> replays = new LinkedBlockingQueue<>();

  private Informers informers;
  private ControllerRuntime<ConfigMap> runtime;

  /** Milliseconds from the opening of the gate, the worst of the buckets. */
  private record Figures(double first, double all) {}

  @BeforeEach
  void fillTheIndex() throws Exception {
    informers = new Informers(client);
    runtime =
        ControllerRuntime.of(
            Controller.of(ConfigMap.class)
                .buckets(BUCKETS)
                .reconciler(
                    request -> {
                      firsts.compareAndSet(request.bucket().index(), 0, System.nanoTime());
                      return Result.done();
                    }),
            layout,
            new ControllerPorts(
                client,
                informers,
                Clocks.system(),
                "shop.configmap",
                ReconcileListener.NONE,
                new Tally() {
                  @Override
                  public void count(Occurrence what) {}

                  @Override
                  public void replayed(long nanos, long keys) {
                    replays.add(nanos);
                  }
                }));
    runtime.start().toCompletableFuture().get(20, TimeUnit.SECONDS);
    for (int i = 0; i < KEYS; i++) {
      ConfigMap map =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace("default")
              .withName("name-" + i)
              .endMetadata()
              .build();
      runtime.cache().onAdd(map);
    }
  }

  @AfterEach
  void close() {
    runtime.close();
    informers.close();
  }

  @Test
  void firstKeyRunsWithin5MillisecondsAndAllAreEnqueuedWithin100() throws Exception {
    promotion(layout.buckets());
    List<Bucket> one = layout.buckets().subList(0, 1);
    List<Bucket> others = layout.buckets().subList(1, BUCKETS);
    List<Figures> alone = rounds("one bucket", one, () -> {});
    open(others);
    List<Figures> amid = rounds("one bucket, others resynced", one, runtime::resync);
    closeAll(others);
    rounds("ten buckets at once", layout.buckets(), () -> {});
    assertThat(median(alone, Figures::first)).isLessThanOrEqualTo(MOST_MILLIS_TO_FIRST);
    assertThat(median(alone, Figures::all)).isLessThanOrEqualTo(MOST_MILLIS_TO_ALL);
    assertThat(median(amid, Figures::first)).isLessThanOrEqualTo(MOST_MILLIS_TO_FIRST);
  }

  @SuppressWarnings("SystemOut") // Figures are for whoever asked for them.
  private List<Figures> rounds(String what, List<Bucket> buckets, Runnable before)
      throws Exception {
    List<Figures> all = new ArrayList<>();
    System.out.printf("%-28s %10s %10s%n", what, "first, ms", "all, ms");
    for (int round = 0; round < ROUNDS; round++) {
      before.run();
      Figures figures = promotion(buckets);
      all.add(figures);
      System.out.printf("%-28s %10.2f %10.1f%n", "", figures.first(), figures.all());
    }
    return all;
  }

  private Figures promotion(List<Bucket> buckets) throws Exception {
    buckets.forEach(bucket -> firsts.set(bucket.index(), 0));
    long begin = System.nanoTime();
    long all = open(buckets);
    long first = 0;
    for (Bucket bucket : buckets) {
      first = Math.max(first, firsts.get(bucket.index()) - begin);
    }
    closeAll(buckets);
    return new Figures(first / 1e6, all / 1e6);
  }

  /** Opens them and waits until all of their keys have been enqueued; how long the longest took. */
  private long open(List<Bucket> buckets) throws InterruptedException {
    buckets.forEach(bucket -> runtime.open(bucket, new FakeTerm(1)));
    long longest = 0;
    for (int replay = 0; replay < buckets.size(); replay++) {
      Long nanos = replays.poll(60, TimeUnit.SECONDS);
      assertThat(nanos).isNotNull();
      longest = Math.max(longest, nanos);
    }
    for (Bucket bucket : buckets) {
      Awaitility.await().until(() -> firsts.get(bucket.index()) != 0);
    }
    return longest;
  }

  private void closeAll(List<Bucket> buckets) throws InterruptedException {
    CountDownLatch open = new CountDownLatch(buckets.size());
    buckets.forEach(bucket -> runtime.close(bucket, stopped -> open.countDown()));
    assertThat(open.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> of) {
    return all.stream().mapToDouble(of).sorted().skip(all.size() / 2).findFirst().orElseThrow();
  }
}
