package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.log.CapturedLog;
import dev.leasehold.time.Clocks;
import dev.leasehold.time.Now;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which runs are told of, and that each is once; the test's own thread is the run. */
class WatchdogTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final List<Occurrence> counted = new ArrayList<>();
  private final RunningThreads running = new RunningThreads();
  private long nanos = Long.MAX_VALUE - 1;
  private final Clocks clocks = () -> new Now(nanos, 0);

  @Test
  void runWithoutATimeoutIsCountedOnceAfterFiveMinutesAndLeftAlone() {
    Watchdog watchdog = watchdog(RuntimeFixture.configMaps());
    begin();
    lookAfter(watchdog, Duration.ofMinutes(5).minusNanos(1));
    assertThat(counted).isEmpty();
    try (CapturedLog log = CapturedLog.of(Watchdog.class)) {
      lookAfter(watchdog, Duration.ofNanos(1));
      lookAfter(watchdog, Duration.ofHours(1));
      assertThat(log.lines())
          .containsExactly(
              "WARN Controller configmap has been reconciling default/a0 for more than 5 min; a"
                  + " timeout would interrupt it.");
    }
    assertThat(counted).containsExactly(Occurrence.OVERRUN);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(running.end()).isFalse();
    begin();
    lookAfter(watchdog, Duration.ofMinutes(5));
    assertThat(counted).containsExactly(Occurrence.OVERRUN, Occurrence.OVERRUN);
    running.end();
  }

  @Test
  void runThatIgnoresItsTimeoutIsInterruptedAndCountedOnce() {
    Watchdog watchdog = watchdog(RuntimeFixture.configMaps().timeout(LIMIT));
    begin();
    try (CapturedLog log = CapturedLog.of(Watchdog.class)) {
      lookAfter(watchdog, LIMIT);
      assertThat(Thread.interrupted()).isTrue();
      lookAfter(watchdog, Duration.ofHours(1));
      assertThat(Thread.interrupted()).isFalse();
      assertThat(log.lines())
          .containsExactly(
              "WARN Controller configmap has been reconciling default/a0 for more than its timeout"
                  + " of 10000 ms; the thread is interrupted.");
    }
    assertThat(counted).containsExactly(Occurrence.INTERRUPTED);
    assertThat(running.end()).isTrue();
  }

  @Test
  void mapperThatTakesLongIsCountedOnceAndComplainedOfUntilItReturns() {
    Watchdog watchdog = Watchdog.ofFeeds(controller(), running, clocks, counted::add);
    begin();
    assertThat(watchdog.complaint()).isEmpty();
    try (CapturedLog log = CapturedLog.of(Watchdog.class)) {
      lookAfter(watchdog, LIMIT);
      lookAfter(watchdog, LIMIT);
      String sentence =
          "A filter or mapper of controller configmap has been looking at default/a0 for more than"
              + " 10 s; no controller hears of that type meanwhile.";
      assertThat(log.lines()).containsExactly("WARN " + sentence);
      assertThat(watchdog.complaint()).contains(sentence);
    }
    assertThat(counted).containsExactly(Occurrence.EVENT_OVERRUN);
    running.leave();
    assertThat(watchdog.complaint()).isEmpty();
  }

  @Test
  void observerThatTakesLongIsCountedOnceAndNotInterrupted() {
    Watchdog watchdog = Watchdog.ofObservers(controller(), running, clocks, counted::add);
    begin();
    try (CapturedLog log = CapturedLog.of(Watchdog.class)) {
      lookAfter(watchdog, Watchdog.SUSPICIOUS);
      lookAfter(watchdog, Watchdog.SUSPICIOUS);
      assertThat(log.lines())
          .containsExactly(
              "WARN An observer of controller configmap has been looking at default/a0 for more than"
                  + " 5 min; it sees nothing else meanwhile.");
    }
    assertThat(counted).containsExactly(Occurrence.OBSERVER_OVERRUN);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    running.leave();
  }

  @Test
  void looksAreATenthOfTheTimeoutApartAndASecondAtTheMost() {
    assertThat(watchdog(RuntimeFixture.configMaps()).period()).isEqualTo(Duration.ofSeconds(1));
    assertThat(watchdog(RuntimeFixture.configMaps().timeout(Duration.ofMillis(50))).period())
        .isEqualTo(Duration.ofMillis(5));
  }

  private void begin() {
    running.begin(0, new ResourceKey("default", "a0"), nanos);
  }

  private void lookAfter(Watchdog watchdog, Duration time) {
    nanos += time.toNanos();
    watchdog.look();
  }

  private Watchdog watchdog(ControllerBuilder<ConfigMap> builder) {
    return Watchdog.ofRuns(
        builder.reconciler(request -> Result.done()), running, clocks, counted::add);
  }

  private static Controller<ConfigMap> controller() {
    return RuntimeFixture.configMaps().reconciler(request -> Result.done());
  }
}
