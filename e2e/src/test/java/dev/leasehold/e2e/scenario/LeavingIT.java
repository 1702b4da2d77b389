package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that is asked to leave while it runs one page for a minute: all but that page's bucket
 * go to the other replica at once, and that one is taken as from the dead.
 */
@ExtendWith(ControlPlaneExtension.class)
class LeavingIT {

  private static final String BUSY = "busy";
  private static final List<String> A_MINUTE = List.of("--work-millis", "60000");
  private static final Duration SOON = Duration.ofSeconds(5);

  /** What a shell reports for a process that SIGTERM has ended. */
  private static final int TERMINATED = 143;

  private final Shop shop;

  LeavingIT(ControlPlane plane, @TempDir Path folder) {
    this.shop = new Shop(plane, folder);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  @Test
  void aSecondSignalEndsItAtOnceAndWhatHasNotStoppedIsNotReleased() throws Exception {
    Replica busy = startBusy("--drain-timeout", "60s", "--shutdown-timeout", "60s");
    busy.terminate();
    Lease held = awaitTheLastOne();
    assertThat(busy.isAlive()).isTrue();

    busy.terminate();
    assertThat(busy.awaitExit(SOON)).isEqualTo(TERMINATED);
    assertIsTakenOnlyOnceItHasExpired(held, busy);
  }

  @Test
  void workThatCannotBeStoppedKeepsItNoLongerThanTheShutdownTimeoutAndItsBucketIsNotGivenAway()
      throws Exception {
    Replica busy =
        startBusy("--stubborn-work", "--drain-timeout", "500ms", "--shutdown-timeout", "3s");
    busy.terminate();
    Lease held = awaitTheLastOne();

    // The shutdown timeout, two seconds for Events, and some for a machine that is busy.
    assertThat(busy.awaitExit(SOON.plus(SOON))).isZero();
    assertThat(busy.log()).contains("Not everything could be handed over within 3 s");
    assertIsTakenOnlyOnceItHasExpired(held, busy);
  }

  /** Two replicas that lead as much as each other, the first of which runs a page. */
  private Replica startBusy(String... more) {
    List<String> options = new ArrayList<>(A_MINUTE);
    options.addAll(List.of(more));
    Replica busy = shop.start(BUSY, options.toArray(String[]::new));
    shop.start("idle");
    // Before there is work, or the first bucket to move may be the one that takes a minute.
    shop.awaitBalanced(2);
    shop.createPageOf(BUSY);
    await().atMost(Shop.PATIENCE).until(() -> !shop.history().runs().isEmpty());
    return busy;
  }

  /** Waits until it drains and holds no more than the bucket of its page. */
  private Lease awaitTheLastOne() {
    await()
        .atMost(Shop.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(member().getMetadata().getAnnotations())
                  .containsEntry("leasehold.dev/state", "draining");
              assertThat(ofBusy()).hasSize(1);
            });
    return ofBusy().get(0);
  }

  private void assertIsTakenOnlyOnceItHasExpired(Lease held, Replica busy) throws Exception {
    // Its trace ends here, in the middle of a run.
    long unused = busy.kill();
    assertThat(shop.client().resource(held).get()).isEqualTo(held);
    Lease member = member();
    assertThat(member.getSpec().getHolderIdentity()).startsWith(BUSY);

    shop.awaitBalanced(1);
    Lease taken = shop.client().resource(held).get();
    assertThat(taken.getSpec().getHolderIdentity()).startsWith("idle");
    assertThat(taken.getMetadata().getAnnotations())
        .doesNotContainKeys("leasehold.dev/handed-over-by", "leasehold.dev/released-by");
    assertThat(taken.getSpec().getAcquireTime())
        .isAfterOrEqualTo(member.getSpec().getRenewTime().plus(Shop.USUAL.leaseDuration()));
    shop.awaitReconciled();
    shop.assertSound();
  }

  private List<Lease> ofBusy() {
    return shop.leases("bucket").stream()
        .filter(lease -> String.valueOf(lease.getSpec().getHolderIdentity()).startsWith(BUSY))
        .toList();
  }

  private Lease member() {
    return shop.leases("member").stream()
        .filter(lease -> lease.getMetadata().getName().startsWith("shop.member." + BUSY))
        .findFirst()
        .orElseThrow();
  }
}
