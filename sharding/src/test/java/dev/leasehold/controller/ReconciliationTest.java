package dev.leasehold.controller;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.leasehold.bucket.Bucket;
import dev.leasehold.log.CapturedLog;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One run after the other on the test's own thread. */
@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
class ReconciliationTest {

  private static final Bucket BUCKET = new Bucket("configmap", 0, 1);
  private static final ResourceKey KEY = new ResourceKey("default", "a");

  private static final String SECRET = "0nly-f0r-its-0wner";

  KubernetesClient client;

  private final FakeTerm term = new FakeTerm(7);
  private final List<String> events = new ArrayList<>();
  private final WorkQueue<ResourceKey> queue =
      new WorkQueue<>(
          key -> 0,
          Clocks.system(),
          Backoff.standard(new SplittableRandom(1)),
          RateLimit.standard());
  private Informers informers;

  @BeforeEach
  void open() {
    informers = new Informers(client);
    queue.open(BUCKET, term);
    queue.add(KEY, Lane.LIVE);
  }

  @AfterEach
  void close() {
    informers.close();
  }

  @Test
  void termThatEndsBetweenTakingAndRunningKeepsTheReconcilerFromStarting() {
    Work<ResourceKey> work = requireNonNull(queue.poll());
    term.end();
    reconciliation(request -> Result.done()).run(work);
    assertThat(events).isEmpty();
    assertThat(queue.counts()).allMatch(counts -> counts.running() == 0);
  }

  @Test
  void termThatIsOverByTheWallClockAloneKeepsTheReconcilerFromStarting() {
    term.endByWallClock();
    Work<ResourceKey> work = requireNonNull(queue.poll());
    reconciliation(request -> Result.done()).run(work);
    assertThat(events).isEmpty();
    assertThat(queue.counts()).allMatch(counts -> counts.running() == 0);
  }

  @Test
  void runHasEndedForTheListenerBeforeItsBucketMayGoElsewhere() {
    Work<ResourceKey> work = requireNonNull(queue.poll());
    reconciliation(
            request -> {
              events.add("reconcile");
              queue.close(BUCKET, stopped -> events.add("stopped"));
              return Result.done();
            })
        .run(work);
    assertThat(events).containsExactly("started", "reconcile", "ended DONE", "stopped");
  }

  @Test
  void interruptOfARunEndsWithIt() {
    Work<ResourceKey> work = requireNonNull(queue.poll());
    reconciliation(
            request -> {
              Thread.currentThread().interrupt();
              return Result.done();
            })
        .run(work);
    assertThat(events).containsExactly("started", "ended DONE");
  }

  @Test
  void whatIsThrownAfterTheLossIsNotAFailure() {
    Work<ResourceKey> work = requireNonNull(queue.poll());
    reconciliation(
            request -> {
              term.end();
              request.permit().check();
              return Result.done();
            })
        .run(work);
    assertThat(events).containsExactly("started", "ended LOST");
    assertThat(queue.poll()).isNull();
  }

  @Test
  void aRunThatFailsWithoutMemoryHasEndedForTheListenerThoughTheLogFailsToo() {
    Logger logger = (Logger) LoggerFactory.getLogger(Reconciliation.class);
    AppenderBase<ILoggingEvent> full =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            throw new OutOfMemoryError("planted in the log");
          }
        };
    full.start();
    logger.addAppender(full);
    Work<ResourceKey> work = requireNonNull(queue.poll());
    Reconciliation<ConfigMap> reconciliation =
        reconciliation(
            request -> {
              throw new OutOfMemoryError("planted in the reconciler");
            });
    try {
      assertThatThrownBy(() -> reconciliation.run(work)).hasMessage("planted in the log");
    } finally {
      logger.detachAppender(full);
    }
    assertThat(events).containsExactly("started", "ended FAILED");
    assertThat(queue.counts()).allMatch(counts -> counts.running() == 0);
  }

  @Test
  void whatTheApiServerQuotesOfAnObjectIsNotLoggedAtTheUsualLevel() {
    List<ILoggingEvent> said;
    try (CapturedLog log = CapturedLog.of(Reconciliation.class.getName(), Level.DEBUG)) {
      reconciliation(
              request -> {
                throw new IllegalStateException(refusal());
              })
          .run(requireNonNull(queue.poll()));
      said = log.events();
    }
    assertThat(said).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG);
    assertThat(ThrowableProxyUtil.asString(said.get(0).getThrowableProxy()))
        .contains("422 Invalid: metadata.labels (FieldValueInvalid)", "ReconciliationTest")
        .doesNotContain(SECRET);
    assertThat(said.get(0).getFormattedMessage()).contains(KEY.name()).doesNotContain(SECRET);
    assertThat(ThrowableProxyUtil.asString(said.get(1).getThrowableProxy())).contains(SECRET);
  }

  @Test
  void whatTheApiServerSaysOfRightsIsLogged() {
    Throwable forbidden =
        new KubernetesClientException("User a cannot patch configmaps", 403, new Status());
    assertThat(Loggable.of(forbidden)).isSameAs(forbidden);
    Throwable own = new IllegalStateException("The reconciler's own words");
    assertThat(Loggable.of(own)).isSameAs(own);
    assertThat(Loggable.of(null)).isNull();
    assertThat(Loggable.of(new KubernetesClientException(SECRET, 500, null)))
        .hasMessageContaining("answered 500")
        .hasMessageNotContaining(SECRET);
  }

  /** As an API server spells it, and the client around it. */
  private static KubernetesClientException refusal() {
    String words = "metadata.labels: Invalid value: \"" + SECRET + "\": a valid label must be ...";
    Status status =
        new StatusBuilder()
            .withCode(422)
            .withReason("Invalid")
            .withMessage("ConfigMap \"a\" is invalid: " + words)
            .withNewDetails()
            .addNewCause("metadata.labels", words, "FieldValueInvalid")
            .endDetails()
            .build();
    return new KubernetesClientException("Failure executing: PUT. Message: " + words, 422, status);
  }

  private Reconciliation<ConfigMap> reconciliation(Reconciler<ConfigMap> reconciler) {
    Controller<ConfigMap> controller = Controller.of(ConfigMap.class).reconciler(reconciler);
    ControllerPorts ports =
        new ControllerPorts(
            Writes.once(client),
            informers,
            Clocks.system(),
            "shop.configmap",
            listener,
            Tally.NONE);
    return new Reconciliation<>(
        controller,
        new BucketCache<>(controller, ports, queue::bucketOf),
        queue,
        new OwnWrites(key -> 0, key -> {}, Tally.NONE),
        new RunningThreads(),
        ports);
  }

  private final ReconcileListener listener =
      new ReconcileListener() {
        @Override
        public void started(Run run) {
          events.add("started");
        }

        @Override
        public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
          events.add("ended " + outcome);
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
      };
}
