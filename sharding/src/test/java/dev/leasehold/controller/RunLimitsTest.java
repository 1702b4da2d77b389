package dev.leasehold.controller;

import static dev.leasehold.controller.RuntimeFixture.configMaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.log.CapturedLog;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What becomes of runs that fail again and again, take too long or never end. */
@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class RunLimitsTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  KubernetesClient client;

  private final LinkedBlockingQueue<Run.Outcome> outcomes = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private RuntimeFixture fixture;

  @AfterEach
  void close() {
    end.countDown();
    fixture.close();
  }

  @Test
  void runThatTakesLongerThanItsTimeoutIsInterruptedCountedAndRetried() throws Exception {
    Recorder recorder =
        new Recorder(
            request -> {
              if (request.attempt() == 1) {
                end.await();
              }
              return Result.done();
            });
    use(configMaps().timeout(SHORT), recorder);
    try (CapturedLog log = CapturedLog.of(Reconciliation.class)) {
      fixture.create("a0");
      assertThat(outcomes()).isEqualTo(Run.Outcome.TIMED_OUT);
      assertThat(outcomes()).isEqualTo(Run.Outcome.DONE);
      assertThat(log.lines())
          .containsExactly(
              "WARN Controller configmap was interrupted at its timeout for default/a0, attempt 1;"
                  + " it will be retried.");
    }
    // Counted by whoever interrupted, which may come after the end of the run.
    Awaitility.await().until(() -> fixture.count(Occurrence.INTERRUPTED) == 1);
  }

  @Test
  void whatAnInterruptedRunReturnsIsNotTrusted() throws Exception {
    Recorder recorder =
        new Recorder(
            request -> {
              try {
                if (request.attempt() == 1) {
                  end.await();
                }
              } catch (InterruptedException swallowed) {
                // As code does that then says it's done.
              }
              return Result.done();
            });
    use(configMaps().timeout(SHORT), recorder);
    fixture.create("a0");
    assertThat(outcomes()).isEqualTo(Run.Outcome.TIMED_OUT);
    assertThat(outcomes()).isEqualTo(Run.Outcome.DONE);
  }

  @Test
  void runThatIgnoresItsTimeoutKeepsItsWorkerAndNothingElse() throws Exception {
    Recorder recorder =
        new Recorder(
            request -> {
              if (request.key().name().equals("stuck0")) {
                RuntimeFixture.awaitWhateverHappens(end);
              }
              return Result.done();
            });
    use(configMaps().workers(2).timeout(SHORT), recorder);
    fixture.create("stuck0");
    Request<ConfigMap> stuck = recorder.next();
    Awaitility.await().until(() -> fixture.count(Occurrence.INTERRUPTED) == 1);
    for (String name : new String[] {"a0", "b0", "c0"}) {
      fixture.create(name);
      assertThat(outcomes()).isEqualTo(Run.Outcome.DONE);
    }
    assertThat(stuck.permit().isValid()).isTrue();
    assertThat(fixture.runtime.runs().longest()).isGreaterThan(SHORT);
    Awaitility.await().until(() -> fixture.counts(0).running() == 1);
    end.countDown();
    assertThat(outcomes()).isEqualTo(Run.Outcome.TIMED_OUT);
    assertThat(fixture.count(Occurrence.INTERRUPTED)).isEqualTo(1);
  }

  @Test
  void runsThatDeadlockCostTheirWorkersAloneEvenWithoutATimeout() throws Exception {
    ReentrantLock first = new ReentrantLock();
    ReentrantLock second = new ReentrantLock();
    CountDownLatch bothHaveOne = new CountDownLatch(2);
    Recorder recorder =
        new Recorder(
            request -> {
              if (request.key().name().startsWith("dead")) {
                boolean isFirst = request.key().name().equals("dead-1-0");
                ReentrantLock mine = isFirst ? first : second;
                mine.lock();
                bothHaveOne.countDown();
                bothHaveOne.await();
                (isFirst ? second : first).lockInterruptibly();
              }
              return Result.done();
            });
    use(configMaps().workers(3), recorder);
    fixture.create("dead-1-0");
    fixture.create("dead-2-0");
    bothHaveOne.await();
    fixture.create("a0");
    assertThat(outcomes()).isEqualTo(Run.Outcome.DONE);
    Awaitility.await().until(() -> fixture.counts(0).running() == 2);
    assertThat(fixture.runtime.runs().longest()).isPositive();
    // Nothing else ends such runs but an interrupt, as the loss of the bucket brings.
    fixture.runtime.interrupt(RuntimeFixture.bucket(0));
    assertThat(outcomes()).isEqualTo(Run.Outcome.FAILED);
  }

  @Test
  void keyIsGivenUpAfterItsRetriesAndComesBackWithTheNextChange() throws Exception {
    Recorder recorder =
        new Recorder(
            request -> {
              throw new IllegalStateException("as the test wants");
            });
    use(configMaps().retries(2), recorder);
    try (CapturedLog log = CapturedLog.of(Reconciliation.class)) {
      fixture.create("a0");
      assertThat(outcomes()).isEqualTo(Run.Outcome.FAILED);
      assertThat(outcomes()).isEqualTo(Run.Outcome.FAILED);
      assertThat(outcomes()).isEqualTo(Run.Outcome.GIVEN_UP);
      assertThat(log.lines())
          .hasSize(3)
          .endsWith(
              "ERROR Controller configmap gives up on default/a0 after attempt 3, until something"
                  + " changes.");
    }
    fixture.awaitIdle();
    assertThat(fixture.counts(0).delayed()).isZero();
    recorder.forget();
    fixture.change("a0");
    assertThat(recorder.next().attempt()).isEqualTo(1);
  }

  @Test
  void withoutRetriesOneFailureIsEnoughAndARequestedRetryToo() throws Exception {
    Recorder recorder = new Recorder(request -> Result.retry());
    use(configMaps().retries(0), recorder);
    fixture.create("a0");
    assertThat(outcomes()).isEqualTo(Run.Outcome.GIVEN_UP);
    fixture.awaitIdle();
    assertThat(fixture.counts(0).delayed()).isZero();
  }

  @Test
  void errorsOfTheMachineCostARetryAndNoWorker() throws Exception {
    Recorder recorder =
        new Recorder(
            request ->
                switch (request.attempt()) {
                  case 1 -> throw new OutOfMemoryError("as the test wants");
                  case 2 -> throw new NoClassDefFoundError("as the test wants");
                  case 3 -> endlessly(0);
                  default -> Result.done();
                });
    use(configMaps().workers(1), recorder);
    fixture.create("a0");
    assertThat(outcomes()).isEqualTo(Run.Outcome.FAILED);
    assertThat(outcomes()).isEqualTo(Run.Outcome.FAILED);
    assertThat(outcomes()).isEqualTo(Run.Outcome.FAILED);
    assertThat(outcomes()).isEqualTo(Run.Outcome.DONE);
  }

  @Test
  void listenerThatThrowsAnErrorChangesNothing() throws Exception {
    Recorder recorder = new Recorder();
    fixture =
        new RuntimeFixture(
            client,
            configMaps().workers(1),
            recorder,
            new ReconcileListener() {
              @Override
              public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
                throw new StackOverflowError("as the test wants");
              }
            });
    fixture.startAndSync();
    fixture.open(0);
    fixture.create("a0");
    recorder.next();
    fixture.create("b0");
    assertThat(recorder.next().key().name()).isEqualTo("b0");
    fixture.awaitIdle();
    assertThat(fixture.counts(0).delayed()).isZero();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20, disabledReason = "this Java has virtual threads")
  void virtualThreadsAreRefusedInOneSentenceByAJavaThatHasNone() throws Exception {
    assertThatThrownBy(() -> configMaps().virtualThreads())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Virtual threads need Java 21 or later, and this is Java ");
    use(configMaps(), new Recorder());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this Java has no virtual threads")
  void manyVirtualThreadsWaitAtOnceAndAreInterruptedLikeOthers() throws Exception {
    int keys = 200;
    LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    use(
        configMaps().workers(1000).virtualThreads().timeout(Duration.ofSeconds(1)),
        request -> {
          threads.add(Thread.currentThread());
          if (request.attempt() == 1) {
            end.await();
          }
          return Result.done();
        });
    for (int i = 0; i < keys; i++) {
      fixture.create("name-" + i + "-0");
    }
    for (int i = 0; i < keys; i++) {
      assertThat(outcomes()).isIn(Run.Outcome.TIMED_OUT, Run.Outcome.DONE);
      Thread worker = threads.poll(20, TimeUnit.SECONDS);
      assertThat(worker).isNotNull();
      assertThat(Thread.class.getMethod("isVirtual").invoke(worker)).isEqualTo(true);
      assertThat(worker.getName()).startsWith("leasehold-configmap-");
    }
    Awaitility.await().until(() -> fixture.count(Occurrence.INTERRUPTED) == keys);
  }

  @Test
  void limitsOutOfRangeAreRefused() throws Exception {
    assertThatThrownBy(() -> configMaps().retries(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1 retries");
    assertThatThrownBy(() -> configMaps().timeout(Duration.ofMillis(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 ms to 365 days");
    use(configMaps(), new Recorder());
  }

  private void use(ControllerBuilder<ConfigMap> builder, Reconciler<ConfigMap> reconciler)
      throws Exception {
    fixture =
        new RuntimeFixture(
            client,
            builder,
            reconciler,
            new ReconcileListener() {
              @Override
              public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
                outcomes.add(outcome);
              }
            });
    fixture.startAndSync();
    fixture.open(0);
  }

  /** The next outcome; waits for it. */
  private Run.Outcome outcomes() throws InterruptedException {
    Run.Outcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
    assertThat(outcome).as("the end of a run within 20 s").isNotNull();
    return outcome;
  }

  @SuppressWarnings("InfiniteRecursion") // That is what it is for.
  private static Result endlessly(int depth) {
    return endlessly(depth + 1);
  }
}
