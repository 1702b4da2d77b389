package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.demo.check.LedSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas of one component with eight buckets. */
@ExtendWith(ControlPlaneExtension.class)
class ThreeReplicasIT {

  private static final int PAGES = 300;

  private final Shop shop;
  private final Kubectl kubectl;

  ThreeReplicasIT(ControlPlane plane, @TempDir Path folder) {
    this.shop = new Shop(plane, folder);
    this.kubectl = new Kubectl(plane, shop.namespace());
  }

  @BeforeEach
  void startThreeReplicas() {
    for (String name : List.of("r1", "r2", "r3")) {
      shop.start(name);
    }
    shop.awaitBalanced(3);
  }

  @AfterEach
  void stopThem() {
    shop.close();
  }

  @Test
  void everyPageIsReconciledByTheHolderOfItsBucketAndKubectlShowsWhoThatIs() throws Exception {
    shop.createPages(PAGES);
    shop.awaitReconciled();

    assertThat(shop.client().configMaps().inNamespace(shop.namespace()).list().getItems())
        .filteredOn(map -> map.getMetadata().getName().endsWith("-html"))
        .hasSize(PAGES);
    List<String> lines = kubectl.run("get", "leases").lines().toList();
    assertThat(lines).filteredOn(line -> line.contains(".webpage.")).hasSize(Shop.USUAL.buckets());
    assertThat(lines).filteredOn(line -> line.contains(".member.")).hasSize(3);
    assertThat(shop.replicas()).allSatisfy(this::showsItsBuckets);
    // Somebody took it at first, since it was nobody's; Events are written behind that.
    String lease = shop.holders().keySet().iterator().next();
    await()
        .untilAsserted(
            () ->
                assertThat(kubectl.run("describe", "lease", lease))
                    .containsPattern("Taken .*nobody -> r\\d_\\S+ \\(free\\), epoch \\d+"));
    shop.assertSound();
  }

  @Test
  void afterAKillItsBucketsAreLedElsewhereWithinTheLeaseDurationAndNoChangeIsLost()
      throws Exception {
    shop.createPages(PAGES / 3);
    shop.awaitReconciled();
    AtomicBoolean changing = new AtomicBoolean(true);
    ExecutorService editor = Executors.newSingleThreadExecutor();
    Future<?> changes = editor.submit(() -> keepChanging(changing));

    Replica victim = shop.replicas().get(0);
    List<LedSpan> lost =
        shop.history().spans().stream()
            .filter(span -> span.process().equals(victim.name()))
            .filter(span -> span.untilNanos() == LedSpan.OPEN)
            .toList();
    assertThat(lost).isNotEmpty();
    long killed = victim.kill();

    shop.awaitBalanced(2);
    changing.set(false);
    changes.get();
    editor.shutdown();
    shop.awaitReconciled();
    for (LedSpan span : lost) {
      Duration unled = Duration.ofNanos(nextLeader(span).fromNanos() - killed);
      assertThat(unled)
          .as("bucket %s unled", span.bucket())
          .isLessThanOrEqualTo(Shop.USUAL.leaseDuration().plusSeconds(1));
    }
    shop.assertSound();
  }

  @Test
  void aReplicaThatIsAskedToLeaveHandsItsBucketsOverWithoutWaitingForAnyExpiryAndExitsWithZero()
      throws Exception {
    shop.createPages(PAGES / 3);
    shop.awaitReconciled();
    Replica leaver = shop.replicas().get(2);
    List<LedSpan> given =
        shop.history().spans().stream()
            .filter(span -> span.process().equals(leaver.name()))
            .filter(span -> span.untilNanos() == LedSpan.OPEN)
            .toList();
    leaver.terminate();

    assertThat(leaver.awaitExit(Duration.ofSeconds(20))).isZero();
    shop.awaitBalanced(2);
    shop.awaitReconciled();
    Map<Boolean, Long> ended =
        shop.history().spans().stream()
            .filter(span -> span.process().equals(leaver.name()))
            .collect(
                java.util.stream.Collectors.partitioningBy(
                    span -> span.untilNanos() != LedSpan.OPEN,
                    java.util.stream.Collectors.counting()));
    assertThat(ended.get(false)).isZero();
    for (LedSpan span : given) {
      LedSpan closed =
          shop.history().spans().stream()
              .filter(s -> s.epoch() == span.epoch() && s.bucket().equals(span.bucket()))
              .findFirst()
              .orElseThrow();
      Duration unled = Duration.ofNanos(nextLeader(span).fromNanos() - closed.untilNanos());
      assertThat(unled)
          .as("bucket %s unled", span.bucket())
          .isBetween(Duration.ZERO, Duration.ofSeconds(2));
    }
    assertThat(shop.leases("member")).hasSize(2);
    shop.assertSound();
  }

  private LedSpan nextLeader(LedSpan before) {
    return shop.history().spans().stream()
        .filter(span -> span.bucket().equals(before.bucket()))
        .filter(span -> span.fromNanos() > before.fromNanos())
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nobody led bucket " + before.bucket() + " next."));
  }

  private void keepChanging(AtomicBoolean changing) {
    for (int revision = 1; changing.get(); revision++) {
      for (int page = 0; page < PAGES / 3 && changing.get(); page++) {
        shop.change(page, revision);
      }
    }
  }

  private void showsItsBuckets(Replica replica) {
    assertThat(replica.get("/livez").orElseThrow().statusCode()).isEqualTo(200);
    assertThat(replica.get("/readyz").orElseThrow().statusCode()).isEqualTo(200);
    String shards = replica.get("/shards").orElseThrow().body();
    assertThat(shards).contains("\"leading\":true");
    shop.holders()
        .forEach(
            (lease, holder) -> {
              boolean mine = holder.startsWith(replica.name() + "_");
              assertThat(shards.contains("\"" + lease + "\"")).as(lease).isEqualTo(mine);
            });
  }
}
