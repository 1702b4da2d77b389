package dev.leasehold.e2e.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.e2e.scenario.Shop;
import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.demo.check.LedSpan;
import dev.leasehold.samples.demo.check.Move;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hand-overs in figures, see {@code docs/benchmarks/hand-over.md}. Run by name, as no build does.
 *
 * <p>Counts and soundness are asserted. Times are printed beside what they should be, since they
 * depend on the machine; {@code -Dleasehold.figures.strict=true} asserts them, too.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HandOverBenchmark {

  private static final int BUCKETS = 100;
  private static final int PAGES = 200;

  /** Next to none, so that hardly anything runs while buckets move. */
  private static final int FEW_PAGES = 20;

  private static final Duration SETTLING = Duration.ofSeconds(1);
  private static final Duration REST = Duration.ofSeconds(60);
  private static final Duration CHANGE_EVERY = Duration.ofMillis(50);

  private static final Duration BALANCED = Duration.ofSeconds(2);
  private static final Duration GAP_P50 = Duration.ofMillis(20);
  private static final Duration GAP_P99 = Duration.ofMillis(100);
  private static final Duration EXIT = Duration.ofSeconds(30);

  /** What the longest wait may be longer while all restart than it is otherwise. */
  private static final Duration MORE = Duration.ofSeconds(1);

  /** How long after the lease duration the last bucket of a replica that was killed is led. */
  private static final Duration CRASH = Duration.ofMillis(500);

  /** The framework's own defaults. */
  private static final Shop.Setup SETUP = setup(BUCKETS);

  private static final FigureTable TABLE = FigureTable.asAsked();

  private final ControlPlane plane;
  private final Path folder;

  HandOverBenchmark(ControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @AfterAll
  static void finish() {
    TABLE.finish();
  }

  @Order(1)
  @Test
  void joinsAndLeavesOfAFourthReplica() throws Exception {
    try (Shop shop = shopOf(3, SETUP);
        ReadyTimes ready = new ReadyTimes(shop)) {
      shop.createPages(FEW_PAGES);
      shop.awaitReconciled();
      for (int round = 1; round <= 4; round++) {
        aFourthJoins(shop, ready, round);
        aFourthLeaves(shop, round);
      }
      shop.assertSound();
    }
  }

  private static void aFourthJoins(Shop shop, ReadyTimes readyTimes, int round) {
    long begun = System.nanoTime();
    Replica fourth = shop.start("fourth-" + round);
    long ready = readyTimes.await(fourth);
    pause(SETTLING.multipliedBy(4));
    shop.awaitBalanced(4);
    Gaps gaps = Gaps.since(shop.history(), begun);
    assertThat(gaps.moves()).as("moves when a fourth joins").hasSize(BUCKETS / 4);
    assertThat(gaps.moves()).allMatch(move -> move.to().startsWith(fourth.name() + "_"));
    TABLE.add("join %d: moves".formatted(round), gaps.moves().size() + "", "25");
    TABLE.add(
        "join %d: balanced after the newcomer was ready, less the settling time".formatted(round),
        gaps.lastNanos() - ready - SETTLING.toNanos(),
        BALANCED);
    TABLE.add("join %d: gap, gate to gate".formatted(round), gaps.gates(), GAP_P50, GAP_P99);
    TABLE.add(
        "join %d: gap, until the first dispatch".formatted(round),
        gaps.dispatches().toString(),
        "");
  }

  private static void aFourthLeaves(Shop shop, int round) throws InterruptedException {
    long begun = System.nanoTime();
    Replica fourth = shop.replicas().get(shop.replicas().size() - 1);
    fourth.terminate();
    assertThat(fourth.awaitExit(Duration.ofSeconds(30))).isZero();
    long exited = System.nanoTime();
    pause(SETTLING.multipliedBy(4));
    shop.awaitBalanced(3);
    Gaps gaps = Gaps.since(shop.history(), begun);
    assertThat(gaps.moves()).as("moves when the fourth leaves").hasSize(BUCKETS / 4);
    TABLE.add("leave %d: gap, gate to gate".formatted(round), gaps.gates(), GAP_P50, GAP_P99);
    TABLE.add("leave %d: from SIGTERM to the exit".formatted(round), exited - begun, EXIT);
  }

  @Order(2)
  @Test
  void restartOfAllUnderASteadyStreamOfChanges() throws Exception {
    try (Shop shop = shopOf(4, SETUP);
        ReadyTimes ready = new ReadyTimes(shop)) {
      shop.createPages(PAGES);
      shop.awaitReconciled();
      try (Changes changes = new Changes(shop, PAGES, CHANGE_EVERY)) {
        pause(Duration.ofSeconds(5));
        long quiet = System.nanoTime();
        pause(Duration.ofSeconds(30));
        Figures without = changes.waitsSince(quiet);
        long restarts = System.nanoTime();
        for (int i = 0; i < 4; i++) {
          Replica old = shop.replicas().get(i);
          old.terminate();
          assertThat(old.awaitExit(Duration.ofSeconds(30))).isZero();
          ready.await(shop.start("again-" + i));
        }
        shop.awaitBalanced(4);
        pause(Duration.ofSeconds(5));
        changes.stop();
        await().atMost(Shop.PATIENCE).until(() -> changes.unseen().isEmpty());
        Figures with = changes.waitsSince(restarts);
        shop.awaitReconciled();
        Gaps gaps = Gaps.since(shop.history(), restarts);
        TABLE.add("restarts: a change waits, without them", without.toString(), "");
        TABLE.add("restarts: a change waits, with them", with.toString(), "");
        TABLE.add(
            "restarts: a change waits at most, with them",
            with.most(),
            Duration.ofNanos(without.most()).plus(MORE));
        TABLE.add("restarts: moves of 100 buckets", gaps.moves().size() + "", "");
        TABLE.add("restarts: gap, gate to gate", gaps.gates().toString(), "");
      }
      shop.assertSound();
    }
  }

  @Order(3)
  @ParameterizedTest
  @ValueSource(ints = {100, 1000})
  void requestsAtRest(int buckets) {
    try (Shop shop = shopOf(3, setup(buckets))) {
      pause(Duration.ofSeconds(10));
      LeaseRequests before = LeaseRequests.now(shop.client());
      pause(REST);
      LeaseRequests between = LeaseRequests.now(shop.client()).since(before);
      long most = 3 * REST.dividedBy(SETUP.retryPeriod());
      long least = most - 10;
      assertThat(between.reads()).as("reads of Leases at rest").isZero();
      // Not many fewer either, as metrics that are empty or of another name would show.
      assertThat(between.writes()).as("writes of Leases at rest").isBetween(least, most);
      TABLE.add(
          "at rest, %d buckets: requests on Leases in 60 s".formatted(buckets),
          between.byVerb().toString(),
          "%d to %d writes, no reads".formatted(least, most));
    }
  }

  @Order(4)
  @Test
  void sigkill() throws Exception {
    try (Shop shop = shopOf(3, SETUP)) {
      shop.createPages(FEW_PAGES);
      shop.awaitReconciled();
      Replica victim = shop.replicas().get(0);
      long led =
          shop.history().spans().stream()
              .filter(span -> span.process().equals(victim.name()))
              .filter(span -> span.untilNanos() == LedSpan.OPEN)
              .count();
      long killed = victim.kill();
      shop.awaitBalanced(2);
      // The Leases show a change of hands before the new holder's trace does.
      Gaps gaps =
          await()
              .atMost(Shop.PATIENCE)
              .until(() -> Gaps.since(shop.history(), killed), seen -> seen.moves().size() == led);
      assertThat(gaps.moves()).allMatch(move -> move.kind() == Move.Kind.KILLED);
      TABLE.add(
          "SIGKILL: last of %d buckets led elsewhere, beyond the lease duration".formatted(led),
          gaps.lastNanos() - killed - SETUP.leaseDuration().toNanos(),
          CRASH);
      shop.assertSound();
    }
  }

  private Shop shopOf(int replicas, Shop.Setup setup) {
    Shop shop = new Shop(plane, folder, setup);
    try (ReadyTimes ready = new ReadyTimes(shop)) {
      for (int i = 1; i <= replicas; i++) {
        ready.await(shop.start("r" + i));
      }
    }
    shop.awaitBalanced(replicas);
    return shop;
  }

  /** Lets real time pass, which is what is measured here. */
  private static void pause(Duration duration) {
    await().pollDelay(duration).atMost(duration.plusSeconds(30)).until(() -> true);
  }

  private static Shop.Setup setup(int buckets) {
    return new Shop.Setup(
        buckets, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
  }
}
