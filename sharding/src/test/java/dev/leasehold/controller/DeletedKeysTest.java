package dev.leasehold.controller;

import static dev.leasehold.controller.RuntimeFixture.bucket;
import static dev.leasehold.controller.RuntimeFixture.configMaps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.queue.Lane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who runs a key once more whose resource is gone. */
@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class DeletedKeysTest {

  KubernetesClient client;

  private RuntimeFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void keyWhoseResourceHasGoneLatelyIsReplayedUntilARunHereHasDealtWithIt() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps(), recorder).startAndSync();
    fixture.open(1);
    fixture.create("a0");
    fixture.delete("a0");
    // The events of one informer come in order.
    fixture.create("a1");
    assertThat(recorder.next().key().name()).isEqualTo("a1");
    fixture.open(0);
    Request<ConfigMap> replayed = recorder.next();
    assertThat(replayed.key().name()).isEqualTo("a0");
    assertThat(replayed.resource()).isEmpty();
    fixture.awaitIdle();
    fixture.runtime.close(bucket(0), stopped -> {});
    fixture.open(0);
    fixture.awaitIdle();
    assertThat(recorder.isIdle()).isTrue();
  }

  @Test
  void keyWhoseLastRunHasFailedIsLeftToWhoeverLeadsNext() throws Exception {
    Recorder recorder =
        new Recorder(
            request -> {
              if (request.resource().isEmpty() && request.lane() == Lane.LIVE) {
                throw new IllegalStateException("as the test wants");
              }
              return Result.done();
            });
    use(configMaps().retries(0), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    assertThat(recorder.next().resource()).isPresent();
    fixture.delete("a0");
    assertThat(recorder.next().resource()).isEmpty();
    fixture.awaitIdle();
    fixture.runtime.close(bucket(0), stopped -> {});
    fixture.open(0);
    assertThat(recorder.next().key().name()).isEqualTo("a0");
  }

  @Test
  void deletedKeyThatHasAResourceAgainIsNoDeletedOneAnyMore() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps(), recorder).startAndSync();
    fixture.open(1);
    fixture.create("a0");
    fixture.delete("a0");
    fixture.create("a0");
    // The events of one informer come in order.
    fixture.create("a1");
    assertThat(recorder.next().key().name()).isEqualTo("a1");
    assertThat(fixture.runtime.cache().keysOf(0)).containsExactly(new ResourceKey("default", "a0"));
  }

  @Test
  void runOfADeletedKeyThatTimedOutHasNotDealtWithItWhateverItReturned() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            request -> {
              try {
                if (request.resource().isEmpty() && request.lane() == Lane.LIVE) {
                  never.await();
                }
              } catch (InterruptedException swallowed) {
                // As code does that then says it's done.
              }
              return Result.done();
            });
    use(configMaps().retries(0).timeout(Duration.ofMillis(50)), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    assertThat(recorder.next().resource()).isPresent();
    fixture.delete("a0");
    assertThat(recorder.next().resource()).isEmpty();
    fixture.awaitIdle();
    fixture.runtime.resync();
    assertThat(recorder.next().lane()).isEqualTo(Lane.BACKGROUND);
  }

  @Test
  void resyncRunsADeletedKeyThatNobodyHereHasDealtWith() throws Exception {
    Recorder recorder =
        new Recorder(
            request ->
                request.resource().isEmpty() && request.lane() == Lane.LIVE
                    ? Result.retry()
                    : Result.done());
    use(configMaps().retries(0), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    assertThat(recorder.next().resource()).isPresent();
    fixture.delete("a0");
    assertThat(recorder.next().lane()).isEqualTo(Lane.LIVE);
    fixture.awaitIdle();
    fixture.runtime.resync();
    assertThat(recorder.next().lane()).isEqualTo(Lane.BACKGROUND);
    fixture.awaitIdle();
    fixture.runtime.resync();
    fixture.create("b0");
    assertThat(recorder.next().key().name()).isEqualTo("b0");
    assertThat(recorder.isIdle()).isTrue();
  }

  @Test
  void whatASelectorHasHiddenIsNotTakenForDeletedAgain() throws Exception {
    Recorder recorder = new Recorder();
    use(Controller.of(Source.of(ConfigMap.class).labels("mine=yes")), recorder).startAndSync();
    fixture.open(1);
    label("a0", "yes");
    label("a0", "no");
    label("a1", "yes");
    assertThat(recorder.next().key().name()).isEqualTo("a1");
    fixture.open(0);
    fixture.awaitIdle();
    assertThat(recorder.isIdle()).isTrue();
  }

  private void label(String name, String mine) {
    ConfigMap map = RuntimeFixture.configMap(name);
    map.getMetadata().setLabels(Map.of("mine", mine));
    client.resource(map).createOr(existing -> existing.update());
  }

  private RuntimeFixture use(
      ControllerBuilder<ConfigMap> builder, Reconciler<ConfigMap> reconciler) {
    fixture = new RuntimeFixture(client, builder, reconciler);
    return fixture;
  }
}
