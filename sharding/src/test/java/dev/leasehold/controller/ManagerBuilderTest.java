package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.claim.ShardSettings;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
class ManagerBuilderTest {

  private static final Bucket BUCKET = new Bucket("webpage", 0, 8);
  private static final Run RUN =
      new Run("shop_1", BUCKET, 7, new ResourceKey("default", "a"), 1, Lane.LIVE);

  KubernetesClient client;

  private final List<String> heard = new ArrayList<>();

  @Test
  void allReconcileListenersAreToldInTheOrderOfTheirRegistrationWhateverOneThrows() {
    ReconcileListener told =
        builder()
            .onReconcile(reconciles("one"))
            .onReconcile(reconciles("other"))
            .options()
            .reconciles();
    told.started(RUN);
    told.ended(RUN, Run.Outcome.DONE, null);
    assertThat(heard)
        .containsExactly("one started", "other started", "one ended DONE", "other ended DONE");
  }

  @Test
  void allShardListenersAreToldInTheOrderOfTheirRegistrationWhateverOneThrows() {
    builder()
        .onShards(shards("one"))
        .onShards(shards("other"))
        .options()
        .shards()
        .promoted(BUCKET, new FakeTerm(7));
    assertThat(heard).containsExactly("one webpage.00-of-08", "other webpage.00-of-08");
  }

  @Test
  void allThatAskForTheHttpPortAreToldOfIt() {
    builder()
        .onHttp(address -> heard.add("one " + address.getPort()))
        .onHttp(address -> heard.add("other " + address.getPort()))
        .options()
        .onHttp()
        .accept(InetSocketAddress.createUnresolved("localhost", 8080));
    assertThat(heard).containsExactly("one 8080", "other 8080");
  }

  @Test
  void settlingTimeAndMovesAtOnceReachTheSettings() {
    ShardSettings settings =
        builder().settlingTime(Duration.ofSeconds(7)).movesAtOnce(3).options().settings();
    assertThat(settings.settlingTime()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.movesAtOnce()).isEqualTo(3);
  }

  @Test
  void settlingTimeIsZeroToAMinute() {
    assertThat(settlingTime(Duration.ZERO)).isZero();
    assertThat(settlingTime(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    assertThatThrownBy(() -> settlingTime(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The settling time is PT-0.000000001S; it can't be negative.");
    assertThatThrownBy(() -> settlingTime(Duration.ofSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The settling time is PT1M1S; choose at most PT1M.");
  }

  @Test
  void timeoutsThatNobodyCanWaitForAreRefused() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    assertThatThrownBy(() -> builder().drainTimeout(forever))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The drain timeout is ");
    assertThatThrownBy(() -> builder().shutdownTimeout(forever))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("choose at most PT8760H.");
  }

  @Test
  void blankNamespaceIsRefused() {
    assertThatThrownBy(() -> builder().namespace(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave namespace(...) out");
  }

  @Test
  void thereIsAtLeastOneMoveAtOnce() {
    assertThat(builder().movesAtOnce(1).options().settings().movesAtOnce()).isEqualTo(1);
    assertThatThrownBy(() -> builder().movesAtOnce(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The number of moves at once is 0; choose 1 or more.");
  }

  private Duration settlingTime(Duration time) {
    return builder().settlingTime(time).options().settings().settlingTime();
  }

  private ManagerBuilder builder() {
    return ControllerManager.builder(client).component("shop").namespace("ns");
  }

  /** Notes what it hears, and throws then. */
  private ReconcileListener reconciles(String name) {
    return new ReconcileListener() {
      @Override
      public void started(Run run) {
        heard.add(name + " started");
        throw new IllegalStateException("as the test wants");
      }

      @Override
      public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
        heard.add(name + " ended " + outcome);
        throw new StackOverflowError("as the test wants");
      }
    };
  }

  /** Notes what it hears, and throws then. */
  private ShardListener shards(String name) {
    return new ShardListener() {
      @Override
      public void promoted(Bucket bucket, TermView term) {
        heard.add(name + " " + bucket);
        throw new IllegalStateException("as the test wants");
      }
    };
  }
}
