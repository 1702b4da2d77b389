package dev.leasehold.controller;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Now;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When keys that fail come back, by what a controller says and by default. */
@NullUnmarked // The client is injected.
@EnableKubernetesMockClient
class RetryPolicyTest {

  private static final ResourceKey KEY = new ResourceKey("default", "a");

  KubernetesClient client;

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void keyWaitsFrom5MillisecondsTo5MinutesByDefaultWithAFifthLeftToChance() {
    WorkQueue<ResourceKey> queue = queueOf(RuntimeFixture.configMaps());
    List<Duration> waits = waits(queue, 20);
    assertWithinAFifthOf(waits.get(0), Duration.ofMillis(5));
    assertWithinAFifthOf(waits.get(1), Duration.ofMillis(10));
    assertWithinAFifthOf(waits.get(2), Duration.ofMillis(20));
    assertWithinAFifthOf(waits.get(15), Duration.ofMillis(5L << 15));
    assertWithinAFifthOf(waits.get(16), Duration.ofMinutes(5));
    assertWithinAFifthOf(waits.get(19), Duration.ofMinutes(5));
    assertThat(waits.subList(16, 20)).as("left to chance").doesNotHaveDuplicates();
  }

  @Test
  void keyWaitsAsItsControllerSays() {
    WorkQueue<ResourceKey> queue =
        queueOf(RuntimeFixture.configMaps().backoff(Duration.ofSeconds(2), Duration.ofSeconds(5)));
    List<Duration> waits = waits(queue, 3);
    assertWithinAFifthOf(waits.get(0), Duration.ofSeconds(2));
    assertWithinAFifthOf(waits.get(1), Duration.ofSeconds(4));
    assertWithinAFifthOf(waits.get(2), Duration.ofSeconds(5));
  }

  @Test
  void fiveHundredRetriesComeAtOnceByDefaultAndAHundredASecondAfterThat() {
    WorkQueue<ResourceKey> queue = queueOf(RuntimeFixture.configMaps());
    failMany(queue, 700);
    assertThat(takeAll(queue)).isEqualTo(500);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(takeAll(queue)).isEqualTo(100);
  }

  @Test
  void retriesComeAsOftenAsTheirControllerSays() {
    WorkQueue<ResourceKey> queue = queueOf(RuntimeFixture.configMaps().retryRate(2, 3));
    failMany(queue, 20);
    assertThat(takeAll(queue)).isEqualTo(3);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(takeAll(queue)).isEqualTo(3);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(takeAll(queue)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"PT0S,PT1S", "PT-1S,PT1S", "PT0.0009S,PT1S", "PT2S,PT1S", "PT1S,PT25H"})
  void backoffOutOfRangeIsRefused(Duration first, Duration max) {
    assertThatThrownBy(() -> RuntimeFixture.configMaps().backoff(first, max))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Controller 'configmap' can't wait %s".formatted(first))
        .hasMessageContaining("1 ms or more, up to a day");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "0.009,1", "1000001,1", "NaN,1", "1,0", "1,1000001"})
  void rateOutOfRangeIsRefused(double perSecond, int burst) {
    assertThatThrownBy(() -> RuntimeFixture.configMaps().retryRate(perSecond, burst))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Controller 'configmap' can't retry %s keys".formatted(perSecond))
        .hasMessageContaining("0.01 to 1,000,000 a second");
  }

  @Test
  void whatIsSaidLaterDoesNotUndoWhatWasSaidBefore() {
    RetryPolicy policy =
        RuntimeFixture.configMaps()
            .retryRate(0.01, 1_000_000)
            .retries(3)
            .backoff(Duration.ofMillis(1), Duration.ofDays(1))
            .reconciler(request -> Result.done())
            .retryPolicy();
    assertThat(policy)
        .isEqualTo(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofDays(1), 0.01, 1_000_000));
    assertThat(policy.rateLimit().tryTake(0)).isTrue();
  }

  /** Lets one key fail so often, and says how long it waited each time. */
  private List<Duration> waits(WorkQueue<ResourceKey> queue, int failures) {
    List<Duration> waits = new ArrayList<>();
    queue.add(KEY, Lane.LIVE);
    for (int i = 0; i < failures; i++) {
      queue.failed(requireNonNull(queue.poll()));
      Duration wait = requireNonNull(queue.untilNext());
      waits.add(wait);
      nanos.addAndGet(wait.toNanos());
    }
    return waits;
  }

  private void failMany(WorkQueue<ResourceKey> queue, int keys) {
    for (int i = 0; i < keys; i++) {
      queue.add(new ResourceKey("default", "name-" + i), Lane.LIVE);
      queue.failed(requireNonNull(queue.poll()));
    }
    nanos.addAndGet(Duration.ofMillis(5).toNanos());
  }

  private static int takeAll(WorkQueue<ResourceKey> queue) {
    int taken = 0;
    for (Work<ResourceKey> work = queue.poll(); work != null; work = queue.poll()) {
      queue.done(work);
      taken++;
    }
    return taken;
  }

  private static void assertWithinAFifthOf(Duration wait, Duration longest) {
    assertThat(wait).isBetween(longest.multipliedBy(4).dividedBy(5), longest);
  }

  private WorkQueue<ResourceKey> queueOf(ControllerBuilder<ConfigMap> builder) {
    BucketSet layout = BucketSet.of("configmap", 1, KeyHash.NAME);
    WorkQueue<ResourceKey> queue =
        ControllerRuntime.queueOf(
            builder.reconciler(request -> Result.done()),
            layout,
            new ControllerPorts(
                client,
                new Informers(client),
                () -> new Now(nanos.get(), 0),
                "shop.configmap",
                ReconcileListener.NONE,
                Tally.NONE));
    queue.open(layout.buckets().get(0), new FakeTerm(1));
    return queue;
  }
}
