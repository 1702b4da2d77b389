package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.claim.ShardStatus;
import dev.leasehold.election.EndCause;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.time.Clocks;
import dev.leasehold.time.EventLoop;
import dev.leasehold.time.Now;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient(crud = true)
class HealthChecksTest {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  KubernetesMockServer server;
  KubernetesClient client;
  private final FakeTerm term = new FakeTerm(7);
  private final ManualLoop loop = new ManualLoop();
  private ShardStatus status = new ShardStatus("", null, List.of(), List.of());
  private RuntimeFixture fixture;
  private HealthChecks health;

  /** A loop that runs what it is given only when it is told to. */
  private static final class ManualLoop implements EventLoop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long nanos;
    private boolean torn;

    @Override
    public boolean isTorn() {
      return torn;
    }

    @Override
    public Clocks clocks() {
      return () -> new Now(nanos, 0);
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public Timer schedule(long atNanos, Runnable task) {
      throw new UnsupportedOperationException();
    }

    void runAll() {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }
  }

  @BeforeEach
  void begin() {
    fixture = new RuntimeFixture(client, RuntimeFixture.configMaps(), request -> Result.done());
    health =
        new HealthChecks(new LoopPulse(loop), PATIENCE, () -> status, List.of(fixture.runtime));
  }

  @AfterEach
  void end() {
    fixture.close();
  }

  @Test
  void aReplicaThatStartsIsLiveAndSaysWhatItWaitsFor() {
    assertThat(health.livez().isGood()).isTrue();
    assertThat(health.readyz().complaints())
        .containsExactly(
            "This replica is no member: it has not joined yet.",
            "Controller configmap is filling its cache.");
  }

  @Test
  void aMemberWithFullCachesIsReadyUntilItLeaves() throws Exception {
    join();
    assertThat(health.readyz().complaints()).isEmpty();
    health.leave();
    assertThat(health.readyz().complaints()).containsExactly("This replica is leaving.");
    assertThat(health.livez().isGood()).isTrue();
  }

  @Test
  void whoLostItsTermSaysWhyAndARestartWouldNotMendThat() throws Exception {
    join();
    term.end();
    assertThat(health.readyz().complaints())
        .containsExactly("This replica is no member: its term has run out.");
    health.left(term, EndCause.EXPIRED);
    health.refused("Lease shop.member.a can't be written: forbidden.");
    assertThat(health.readyz().complaints())
        .containsExactly(
            "This replica is no member: its last term is over: no renewal came back before the"
                + " renew deadline. Lease shop.member.a can't be written: forbidden.");
    assertThat(health.livez().isGood()).isTrue();
  }

  @Test
  void anElectionLoopThatTakesNoTasksIsMendedByARestart() {
    assertThat(health.livez().isGood()).isTrue();
    loop.nanos += PATIENCE.plusSeconds(5).toNanos();
    assertThat(health.livez().complaints())
        .containsExactly("The election loop has been stuck for 20 s.");
    loop.runAll();
    assertThat(health.livez().isGood()).isTrue();
  }

  @Test
  void anElectionLoopThatRanOutOfMemoryIsMendedByARestart() {
    assertThat(health.livez().isGood()).isTrue();
    loop.torn = true;
    assertThat(health.livez().complaints())
        .containsExactly("The election loop ran out of memory or stack within a task.");
  }

  @Test
  void aWatchThatHasEndedForGoodIsMendedByARestart() throws Exception {
    join();
    informer().end(new IllegalStateException("the watch's thread has died"));
    assertThat(health.livez().complaints())
        .containsExactly("The watch of configmaps in the whole cluster has ended for good.");
    assertThat(health.readyz().isGood()).isFalse();
  }

  @Test
  void aControllerThatCouldNotBeginIsMendedByARestart() throws Exception {
    ControllerBuilder<ConfigMap> builder = RuntimeFixture.configMaps();
    builder.resync = Duration.ofDays(200_000);
    try (RuntimeFixture broken = fixture.beside(builder, request -> Result.done())) {
      assertThatThrownBy(() -> broken.startAndSync()).hasCauseInstanceOf(StartFailure.class);
      health =
          new HealthChecks(new LoopPulse(loop), PATIENCE, () -> status, List.of(broken.runtime));
      assertThat(health.livez().complaints())
          .singleElement()
          .asString()
          .startsWith("Controller configmap can't begin its work ");
      assertThat(health.readyz().complaints()).containsAll(health.livez().complaints());
    }
  }

  @Test
  void aWatchThatIsDownIsSaidByItsTypeAndARestartWouldNotMendThat() throws Exception {
    join();
    server.shutdown();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !health.readyz().isGood());
    assertThat(health.readyz().complaints())
        .singleElement()
        .asString()
        .startsWith("Can't list and watch configmaps in the whole cluster: ");
    assertThat(health.livez().isGood()).isTrue();
  }

  private void join() throws Exception {
    fixture.startAndSync();
    status = new ShardStatus("a_1", term, List.of(), List.of());
    health.joined(term);
  }

  private TypeInformer<? extends HasMetadata> informer() {
    return fixture.informers.of(TypeScope.of(Source.of(ConfigMap.class), Set.of()).get(0));
  }
}
