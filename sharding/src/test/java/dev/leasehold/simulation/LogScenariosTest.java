package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.log.CapturedLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says at its usual level: each change of hands in one line, and else nothing. */
final class LogScenariosTest {

  private static final int BUCKETS = 12;

  private final CapturedLog said = CapturedLog.of("dev.leasehold", Level.INFO);

  @AfterEach
  void listenNoMore() {
    said.close();
  }

  @Test
  void atRestNothingIsSaid() {
    Run run = threeReplicas();
    said.forget();
    run.runFor(Duration.ofMinutes(2));
    assertThat(said.events()).isEmpty();
  }

  @Test
  void aBucketThatIsHandedOverIsOneLineWithCauseEpochAndDurations() {
    Run run = threeReplicas();
    said.forget();
    run.replica(2).leave(Duration.ofSeconds(20).toNanos());
    run.awaitHealed();
    assertThat(changes())
        .hasSize(BUCKETS / 3)
        .allSatisfy(
            line -> {
              assertThat(line.getFormattedMessage())
                  .matches(
                      "page\\.\\d\\d-of-12: \\S+ -> \\S+ \\(leave\\), epoch \\d+: drained in"
                          + " \\d+\\.\\d ms, written in \\d+\\.\\d ms, seen in \\d+\\.\\d ms");
              assertThat(line.getMDCPropertyMap())
                  .containsEntry("controller", "page")
                  .containsEntry("reason", "leave")
                  .containsKeys("bucket", "epoch");
            })
        .extracting(line -> line.getMDCPropertyMap().get("bucket"))
        .doesNotHaveDuplicates();
  }

  @Test
  void atAFirstStartEveryBucketWasFree() {
    Run unused = replicas(1, 1);
    assertThat(reasons()).isEqualTo(Map.of("free", BUCKETS));
    assertThat(changes())
        .allSatisfy(line -> assertThat(line.getFormattedMessage()).contains(": nobody -> "));
  }

  @Test
  void whatAReplicaTakesBackOnceItsMemberLeaseWasDeletedReturns() {
    Run run = replicas(1, 1);
    said.forget();
    run.outsider().delete(run.outsider().members().get(0));
    run.awaitHealed();
    assertThat(reasons()).isEqualTo(Map.of("return", BUCKETS));
  }

  @Test
  void whatIsMovedToAReplicaThatHasLongBeenThereIsARebalance() {
    Run run = threeReplicas();
    said.forget();
    // An outsider gives a bucket to somebody else, who then has one too many for as long as it
    // takes to give one to whoever has one too few.
    List<LockSnapshot> buckets = run.outsider().buckets();
    LockSnapshot bucket = buckets.get(0);
    LockSnapshot other =
        buckets.stream()
            .filter(each -> !each.record().holder().equals(bucket.record().holder()))
            .findFirst()
            .orElseThrow();
    var unused = run.server().replace(bucket.name(), bucket.version(), other.record());
    run.awaitHealed();
    assertThat(reasons()).isEqualTo(Map.of("rebalance", 1));
  }

  @Test
  void whatIsMovedToAReplicaThatHasComeIsAJoin() {
    Run run = replicas(3, 2);
    said.forget();
    run.replica(2).start();
    run.awaitHealed();
    assertThat(reasons()).isEqualTo(Map.of("join", BUCKETS / 3));
  }

  /** The lines of changes of hands. */
  private List<ILoggingEvent> changes() {
    return said.events().stream()
        .filter(line -> line.getFormattedMessage().contains(" -> "))
        .toList();
  }

  /** How many changes of hands there were for each reason. */
  private Map<String, Integer> reasons() {
    Map<String, Integer> reasons = new HashMap<>();
    changes()
        .forEach(line -> reasons.merge(line.getMDCPropertyMap().get("reason"), 1, Integer::sum));
    return reasons;
  }

  private static Run threeReplicas() {
    return replicas(3, 3);
  }

  /** So many replicas, of which so many are started and have come to rest. */
  private static Run replicas(int number, int started) {
    Run run =
        Simulation.of(1)
            .replicas(number)
            .controller("page", BUCKETS)
            .lasting(Duration.ZERO)
            .reconciler(
                (running, random) -> new SimulatedReconciler.Course(Duration.ZERO, true, false))
            .scripted();
    for (int i = 0; i < number; i++) {
      // At rest also means that no request gets lost now and then.
      run.replica(i).link.heal();
    }
    for (int i = 0; i < started; i++) {
      run.replica(i).start();
    }
    run.awaitHealed();
    return run;
  }
}
