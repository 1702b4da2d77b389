package dev.leasehold.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says at its usual level: each change of hands in one line, and else nothing. */
final class LogScenariosTest {

  private static final int BUCKETS = 12;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.leasehold");
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  @BeforeEach
  void listen() {
    said.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(said);
    logger.setLevel(null);
  }

  @Test
  void atRestNothingIsSaid() {
    Run run = threeReplicas();
    said.list.clear();
    run.runFor(Duration.ofMinutes(2));
    assertThat(said.list).isEmpty();
  }

  @Test
  void aBucketThatIsHandedOverIsOneLineWithCauseEpochAndDurations() {
    Run run = threeReplicas();
    said.list.clear();
    run.replica(2).leave(Duration.ofSeconds(20).toNanos());
    run.awaitHealed();
    List<ILoggingEvent> changes =
        said.list.stream().filter(line -> line.getFormattedMessage().contains(" -> ")).toList();
    assertThat(changes)
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

  private static Run threeReplicas() {
    Run run =
        Simulation.of(1)
            .replicas(3)
            .controller("page", BUCKETS)
            .lasting(Duration.ZERO)
            .reconciler(
                (running, random) -> new SimulatedReconciler.Course(Duration.ZERO, true, false))
            .scripted();
    for (int i = 0; i < 3; i++) {
      // At rest also means that no request gets lost now and then.
      run.replica(i).link.heal();
      run.replica(i).start();
    }
    run.awaitHealed();
    return run;
  }
}
