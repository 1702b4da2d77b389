package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas, one of which has a controller all of whose workers hang. */
@Timeout(90)
class HangingWorkersTest {

  private static final int WORKERS = 2;
  private static final Timings QUICK =
      new Timings(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(200));

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final KubernetesClient client;

  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(WORKERS);
  private final LinkedBlockingQueue<String> runs = new LinkedBlockingQueue<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicInteger renewals = new AtomicInteger();
  private final Set<Bucket> second = ConcurrentHashMap.newKeySet();
  private final Set<EndCause> losses = ConcurrentHashMap.newKeySet();

  HangingWorkersTest() {
    server.init();
    client = server.createClient();
  }

  @AfterEach
  void close() {
    end.countDown();
    client.close();
    try {
      server.destroy();
    } catch (IllegalStateException slow) {
      // It takes its time over each watch that two managers leave behind, and closes in the end.
    }
  }

  @Test
  void replicaStaysAMemberAndBucketsOfOtherControllersStillMove() throws Exception {
    ShardListener firstListener =
        new ShardListener() {
          @Override
          public void left(TermView term, EndCause cause) {
            losses.add(cause);
          }

          @Override
          public void renewed(Duration latency) {
            renewals.incrementAndGet();
          }
        };
    ShardListener secondListener =
        new ShardListener() {
          @Override
          public void promoted(Bucket bucket, TermView term) {
            second.add(bucket);
          }
        };
    try (ControllerManager one = manager("one", firstListener);
        ControllerManager other = manager("other", secondListener)) {
      one.start();
      for (int i = 0; i < 2 * WORKERS; i++) {
        client.resource(RuntimeFixture.configMap("stuck-" + i)).create();
      }
      assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
      client.resource(RuntimeFixture.ownedSecret("nobody", "before")).create();
      assertThat(runs.poll(20, TimeUnit.SECONDS)).isEqualTo("one before");

      other.start();
      // A bucket of theirs is to move, too, and can't: its runs are interrupted for nothing.
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      int before = renewals.get();
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> renewals.get() > before + 2);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> second.stream().anyMatch(bucket -> bucket.controller().equals("quick")));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                client
                    .resource(RuntimeFixture.ownedSecret("nobody", "n" + System.nanoTime()))
                    .create();
                String run = runs.poll(1, TimeUnit.SECONDS);
                return run != null && run.startsWith("other");
              });
      assertThat(losses).isEmpty();
      assertThat(one.status().identity()).startsWith("one_");
      end.countDown();
    }
  }

  private void awaitTheEnd() {
    boolean isOver = false;
    while (!isOver) {
      try {
        end.await();
        isOver = true;
      } catch (InterruptedException ignored) {
        interrupted.countDown();
      }
    }
  }

  private ControllerManager manager(String name, ShardListener listener) {
    return ControllerManager.builder(client)
        .component("shop")
        .namespace("default")
        .identity(name)
        .timings(QUICK)
        .settlingTime(Duration.ZERO)
        .drainTimeout(Duration.ofMillis(100))
        .shutdownTimeout(Duration.ofSeconds(5))
        .withoutEvents()
        .onShards(listener)
        .build()
        .register(
            Controller.of(ConfigMap.class)
                .named("stuck")
                .buckets(2)
                .workers(WORKERS)
                .reconciler(
                    request -> {
                      hanging.countDown();
                      awaitTheEnd();
                      return Result.done();
                    }))
        .register(
            Controller.of(Secret.class)
                .named("quick")
                .buckets(2)
                .reconciler(
                    request -> {
                      runs.add(name + " " + request.key().name());
                      return Result.done();
                    }));
  }
}
