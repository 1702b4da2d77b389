package dev.leasehold.controller;

import static dev.leasehold.controller.RuntimeFixture.bucket;
import static dev.leasehold.controller.RuntimeFixture.configMaps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.log.CapturedLog;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class ControllerRuntimeTest {

  KubernetesClient client;

  private RuntimeFixture fixture;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void promotionReplaysExactlyTheCachedKeysOfTheBucket() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps(), recorder);
    for (String name : List.of("a0", "b0", "c0", "a1", "b1", "a2")) {
      fixture.create(name);
    }
    fixture.startAndSync();
    fixture.open(0);
    // The events of the first list may come late and run a key again, so only the names count.
    Set<String> replayed = new HashSet<>();
    while (replayed.size() < 3) {
      Request<ConfigMap> request = recorder.next();
      replayed.add(request.key().name());
      assertThat(request.bucket()).isEqualTo(bucket(0));
      assertThat(request.permit().epoch()).isEqualTo(100);
      assertThat(request.attempt()).isEqualTo(1);
      assertThat(request.resource()).get().extracting(ResourceKey::of).isEqualTo(request.key());
    }
    assertThat(replayed).containsExactlyInAnyOrder("a0", "b0", "c0");
    fixture.awaitIdle();
    recorder.forget();
    fixture.open(1);
    replayed.clear();
    while (replayed.size() < 2) {
      replayed.add(recorder.next().key().name());
    }
    assertThat(replayed).containsExactlyInAnyOrder("a1", "b1");
  }

  @Test
  void eventsOfBucketsNotLedAreDroppedAndMadeUpForAtPromotion() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps(), recorder).startAndSync();
    fixture.open(1);
    fixture.create("a0");
    fixture.change("a0");
    fixture.awaitCached("a0");
    // The events of one informer come in order, so a1's run is later than a0's event.
    fixture.create("a1");
    assertThat(recorder.next().key().name()).isEqualTo("a1");
    fixture.awaitIdle();
    assertThat(recorder.isIdle()).isTrue();
    fixture.open(0);
    Request<ConfigMap> replayed = recorder.next();
    assertThat(replayed.key().name()).isEqualTo("a0");
    assertThat(replayed.lane()).isEqualTo(Lane.BACKGROUND);
    fixture.change("a0");
    Request<ConfigMap> live = recorder.next();
    assertThat(live.key().name()).isEqualTo("a0");
    assertThat(live.lane()).isEqualTo(Lane.LIVE);
  }

  @Test
  void controllerThatCantBeginSaysSoForGood() throws Exception {
    ControllerBuilder<ConfigMap> builder = configMaps();
    // No step lets through what fails; threads that are missing can't be had by a test.
    builder.resync = Duration.ofDays(200_000);
    use(builder, new Recorder());
    assertThat(fixture.runtime.start().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StartFailure.class)
        .withMessageContaining("Controller configmap can't begin its work");
    assertThat(fixture.runtime.death()).get().asString().contains("restart this replica");
    assertThat(fixture.runtime.problem()).isPresent();
  }

  @Test
  void controllerThatIsClosedBeforeItsCacheIsFilledIsNotBroken() throws Exception {
    use(configMaps(), new Recorder());
    fixture.runtime.close();
    fixture.startAndSync();
    assertThat(fixture.runtime.death()).isEmpty();
  }

  @Test
  void nothingIsLostWhenABucketOpensInTheMiddleOfAStreamOfEvents() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    int objects = 200;
    CountDownLatch all = new CountDownLatch(objects);
    use(
            configMaps(),
            request -> {
              if (request.resource().isPresent() && seen.add(request.key().name())) {
                all.countDown();
              }
              return Result.done();
            })
        .startAndSync();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    CountDownLatch halfway = new CountDownLatch(objects / 2);
    Future<?> creations =
        threads.submit(
            () -> {
              for (int i = 0; i < objects; i++) {
                fixture.create("name-" + i + "-0");
                halfway.countDown();
              }
            });
    halfway.await();
    fixture.open(0);
    creations.get(30, TimeUnit.SECONDS);
    threads.shutdown();
    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void deletedResourceIsReconciledOnceMoreWithoutIt() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps(), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    assertThat(recorder.next().resource()).isPresent();
    fixture.delete("a0");
    assertThat(recorder.next().resource()).isEmpty();
  }

  @Test
  void changeOfAnOwnedResourceIsNewsForItsOwner() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps().owns(Secret.class), recorder).startAndSync();
    fixture.open(0);
    client.resource(RuntimeFixture.ownedSecret("owner0", "secret3")).create();
    assertThat(recorder.next().key()).isEqualTo(new ResourceKey("default", "owner0"));
    client.resource(RuntimeFixture.ownedSecret("other0", "secret3")).update();
    assertThat(recorder.nextNames(2)).containsExactlyInAnyOrder("owner0", "other0");
    client.resource(RuntimeFixture.ownedSecret("other0", "secret3")).delete();
    assertThat(recorder.next().key().name()).isEqualTo("other0");
  }

  @Test
  void mapperThatThrowsOrNamesNothingUsefulCostsOnlyItsOwnEvent() throws Exception {
    Recorder recorder = new Recorder();
    use(
            configMaps()
                .namespaces("default")
                .watches(
                    Secret.class,
                    secret ->
                        switch (secret.getMetadata().getName()) {
                          case "throws" -> throw new IllegalStateException("as the test wants");
                          case "null" -> null;
                          case "foreign" -> List.of(new ResourceKey("elsewhere", "a0"));
                          default -> List.of(new ResourceKey("default", "a0"));
                        }),
            recorder)
        .startAndSync();
    fixture.open(0);
    try (CapturedLog feed = CapturedLog.of(Feed.class);
        CapturedLog intake = CapturedLog.of(Intake.class)) {
      for (String name : List.of("throws", "null", "foreign", "good")) {
        client.resource(RuntimeFixture.ownedSecret("nobody0", name)).create();
      }
      assertThat(recorder.next().key()).isEqualTo(new ResourceKey("default", "a0"));
      fixture.awaitIdle();
      assertThat(feed.lines())
          .containsExactly(
              "ERROR The mapping of secrets default/throws to keys has failed; its change is ignored.",
              "ERROR The mapping of secrets default/null to keys has failed; its change is ignored.");
      assertThat(intake.lines())
          .containsExactly(
              "WARN Controller configmap was told of elsewhere/a0, which is not among what it looks"
                  + " at; see its mappers.");
    }
    assertThat(recorder.isIdle()).isTrue();
    assertThat(fixture.count(Occurrence.MAPPER_FAILED)).isEqualTo(2);
    assertThat(fixture.count(Occurrence.EVENT_FOREIGN)).isEqualTo(1);
  }

  @Test
  void mapperThatFailsForEachOfManyEventsIsCountedEachTimeAndSoonLoggedQuietly() throws Exception {
    int events = 3 * EventComplaints.AT_ONCE;
    use(
            configMaps()
                .watches(
                    Secret.class,
                    secret -> {
                      throw new IllegalStateException("as the test wants");
                    }),
            new Recorder())
        .startAndSync();
    try (CapturedLog feed = CapturedLog.of(Feed.class)) {
      for (int i = 0; i < events; i++) {
        client.resource(RuntimeFixture.ownedSecret("nobody", "secret-" + i)).create();
      }
      org.awaitility.Awaitility.await()
          .until(() -> fixture.count(Occurrence.MAPPER_FAILED) == events);
      // One more for each ten seconds that this may have taken.
      assertThat(feed.lines())
          .filteredOn(line -> line.startsWith("ERROR"))
          .hasSizeBetween(EventComplaints.AT_ONCE, 2 * EventComplaints.AT_ONCE);
    }
  }

  @Test
  void mapperThatBlocksIsToldOfAndMakesTheControllerUnreadyUntilItReturns() throws Exception {
    CountDownLatch isBlocked = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    use(
            configMaps()
                .watches(
                    Secret.class,
                    secret -> {
                      isBlocked.countDown();
                      RuntimeFixture.awaitWhateverHappens(mayGoOn);
                      return List.of();
                    }),
            new Recorder())
        .startAndSync();
    assertThat(fixture.runtime.problem()).isEmpty();
    client.resource(RuntimeFixture.ownedSecret("nobody", "slow")).create();
    try {
      isBlocked.await();
      fixture.letPass(Watchdog.SLOW);
      assertThat(fixture.runtime.problem()).get().asString().contains("default/slow");
      org.awaitility.Awaitility.await().until(() -> fixture.count(Occurrence.EVENT_OVERRUN) == 1);
    } finally {
      mayGoOn.countDown();
    }
    org.awaitility.Awaitility.await().until(() -> fixture.runtime.problem().isEmpty());
  }

  @Test
  void eventsThatAreFasterThanTheWorkAreOneRunOfEachKey() throws Exception {
    int changes = 20;
    CountDownLatch mayEnd = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            request -> {
              mayEnd.await();
              return Result.done();
            });
    use(configMaps().workers(1), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    assertThat(recorder.next().key().name()).isEqualTo("a0");
    fixture.create("b0");
    for (int i = 0; i < changes; i++) {
      fixture.change("a0");
      fixture.change("b0");
    }
    org.awaitility.Awaitility.await()
        .until(() -> fixture.count(Occurrence.EVENT_ENQUEUED) == 2 + 2 * changes);
    assertThat(fixture.counts(0).queued()).isEqualTo(1);
    mayEnd.countDown();
    fixture.awaitIdle();
    assertThat(recorder.nextNames(2)).containsExactlyInAnyOrder("a0", "b0");
    assertThat(recorder.isIdle()).isTrue();
  }

  @Test
  void resyncLooksAtEachCachedKeyOfTheLedBucketsAgainBehindTheNews() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps().resync(Duration.ofSeconds(1)), recorder).startAndSync();
    fixture.open(0);
    for (String name : List.of("a0", "b0", "a1")) {
      fixture.create(name);
    }
    assertThat(recorder.nextNames(2)).containsExactlyInAnyOrder("a0", "b0");
    for (int round = 0; round < 2; round++) {
      Request<ConfigMap> one = recorder.next();
      Request<ConfigMap> other = recorder.next();
      assertThat(List.of(one.key().name(), other.key().name()))
          .containsExactlyInAnyOrder("a0", "b0");
      assertThat(List.of(one.lane(), other.lane())).containsOnly(Lane.BACKGROUND);
    }
  }

  @Test
  void whatABucketsRunsHaveWrittenIsForgottenWithTheBucket() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            request -> {
              request.writes().create(RuntimeFixture.ownedSecret("a0", "secret"));
              mayEnd.await();
              return Result.done();
            });
    use(configMaps(), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    recorder.next();
    org.awaitility.Awaitility.await().until(() -> fixture.runtime.ownWrites().writers() == 1);
    CompletableFuture<Bucket> stopped = new CompletableFuture<>();
    fixture.runtime.close(bucket(0), stopped::complete);
    assertThat(fixture.runtime.ownWrites().writers()).isEqualTo(1);
    mayEnd.countDown();
    stopped.get(20, TimeUnit.SECONDS);
    assertThat(fixture.runtime.ownWrites().writers()).isZero();
  }

  @Test
  void whateverAReconcilerDoesWrongItsKeyIsRetriedAndOthersAreUnaffected() throws Exception {
    Recorder recorder =
        new Recorder(
            request -> {
              if (!request.key().name().startsWith("bad")) {
                return Result.done();
              }
              return switch (request.attempt()) {
                case 1 -> throw new java.io.IOException("as the test wants");
                case 2 -> null;
                case 3 -> throw new StackOverflowError("as the test wants");
                case 4 -> throw new InterruptedException("as the test wants");
                case 5 -> {
                  Thread.currentThread().interrupt();
                  throw new IllegalStateException("as the test wants");
                }
                case 6 -> Result.retry();
                default -> Result.done();
              };
            });
    Outcomes outcomes = new Outcomes();
    fixture = new RuntimeFixture(client, configMaps().workers(1), recorder, outcomes);
    fixture.startAndSync();
    fixture.open(0);
    try (CapturedLog log = CapturedLog.of(Reconciliation.class)) {
      fixture.create("bad0");
      for (int attempt = 1; attempt <= 7; attempt++) {
        assertThat(recorder.next().attempt()).isEqualTo(attempt);
      }
      fixture.create("good0");
      assertThat(recorder.next().key().name()).isEqualTo("good0");
      fixture.awaitIdle();
      // A retry that was asked for is no failure, so the sixth attempt needs no word.
      assertThat(log.lines())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 5)
                  .mapToObj(
                      attempt ->
                          "WARN Controller configmap failed to reconcile default/bad0, attempt "
                              + attempt
                              + "; it will be retried.")
                  .toList());
      assertThat(log.causes().get(1))
          .isEqualTo(
              "The reconciler returned null; it has to return a result, such as Result.done().");
    }
    assertThat(outcomes.ended)
        .containsExactly(
            Run.Outcome.FAILED,
            Run.Outcome.FAILED,
            Run.Outcome.FAILED,
            Run.Outcome.FAILED,
            Run.Outcome.FAILED,
            Run.Outcome.RETRIED,
            Run.Outcome.DONE,
            Run.Outcome.DONE);
  }

  @Test
  void aHundredThousandWaitingKeysOfASlowControllerDoNotDelayAnotherOne() throws Exception {
    int keys = 100_000;
    List<ResourceKey> many =
        IntStream.range(0, keys)
            .mapToObj(i -> new ResourceKey("default", "many-" + i + "-0"))
            .toList();
    CountDownLatch end = new CountDownLatch(1);
    use(
            configMaps().named("slow").watches(Secret.class, secret -> many),
            request -> {
              // So a second for 200 keys or fewer.
              end.await(20, TimeUnit.MILLISECONDS);
              return Result.retry();
            })
        .startAndSync();
    fixture.open(0);
    Recorder recorder = new Recorder();
    try (RuntimeFixture other = fixture.beside(configMaps(), recorder)) {
      other.startAndSync();
      other.open(0);
      client.resource(RuntimeFixture.ownedSecret("nobody", "news")).create();
      org.awaitility.Awaitility.await().until(() -> fixture.counts(0).queued() > keys / 2);
      long before = System.nanoTime();
      other.create("a0");
      recorder.next();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      assertThat(fixture.counts(0).queued()).isGreaterThan(keys / 2);
    } finally {
      end.countDown();
    }
  }

  @Test
  void keyComesBackAfterTheTimeThatItsResultAsksFor() throws Exception {
    Recorder recorder = new Recorder(request -> Result.requeueAfter(Duration.ofMillis(1)));
    use(configMaps(), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    for (int i = 0; i < 3; i++) {
      assertThat(recorder.next().attempt()).isEqualTo(1);
    }
  }

  @Test
  void closedBucketStartsNoMoreKeysAndHasStoppedWhenItsLastRunHasEnded() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(
            request -> {
              mayEnd.await();
              return request.key().name().equals("a0") ? Result.retry() : Result.done();
            });
    use(configMaps().workers(1), recorder).startAndSync();
    fixture.open(0);
    fixture.create("a0");
    Request<ConfigMap> running = recorder.next();
    fixture.create("b0");
    org.awaitility.Awaitility.await().until(() -> fixture.counts(0).queued() == 1);
    CompletableFuture<Bucket> stopped = new CompletableFuture<>();
    fixture.runtime.close(bucket(0), stopped::complete);
    assertThat(running.permit().isValid()).isTrue();
    assertThat(fixture.counts(0).running()).isEqualTo(1);
    assertThat(stopped).isNotDone();
    mayEnd.countDown();
    assertThat(stopped.get(20, TimeUnit.SECONDS)).isEqualTo(bucket(0));
    fixture.open(1);
    fixture.create("a1");
    assertThat(recorder.next().key().name()).isEqualTo("a1");
    assertThat(recorder.isIdle()).isTrue();
  }

  @Test
  void bucketWithoutRunningKeysStopsAtOnce() throws Exception {
    use(configMaps(), new Recorder()).startAndSync();
    fixture.open(0);
    CompletableFuture<Bucket> stopped = new CompletableFuture<>();
    fixture.runtime.close(bucket(0), stopped::complete);
    assertThat(stopped).isCompletedWithValue(bucket(0));
  }

  @Test
  void interruptReachesTheRunsOfItsBucketAndNoOthers() throws Exception {
    CountDownLatch otherMayEnd = new CountDownLatch(1);
    CompletableFuture<Boolean> otherWasInterrupted = new CompletableFuture<>();
    Recorder recorder =
        new Recorder(
            request -> {
              if (request.key().name().equals("a0")) {
                new CountDownLatch(1).await();
              }
              if (request.key().name().equals("a1")) {
                otherMayEnd.await();
                otherWasInterrupted.complete(Thread.currentThread().isInterrupted());
              }
              return Result.done();
            });
    Outcomes outcomes = new Outcomes();
    fixture = new RuntimeFixture(client, configMaps().workers(2), recorder, outcomes);
    fixture.startAndSync();
    FakeTerm lost = fixture.open(0);
    fixture.open(1);
    fixture.create("a0");
    fixture.create("a1");
    recorder.nextNames(2);
    CompletableFuture<Bucket> stopped = new CompletableFuture<>();
    fixture.runtime.close(bucket(0), stopped::complete);
    lost.end();
    fixture.runtime.interrupt(bucket(0));
    stopped.get(20, TimeUnit.SECONDS);
    assertThat(outcomes.ended).containsExactly(Run.Outcome.LOST);
    otherMayEnd.countDown();
    assertThat(otherWasInterrupted.get(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void interruptThatAKeyIgnoredDoesNotHitTheNextOne() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    LinkedBlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
    use(
            configMaps().workers(1),
            new Recorder(
                request -> {
                  boolean atStart = Thread.currentThread().isInterrupted();
                  if (request.key().name().equals("a0")) {
                    RuntimeFixture.awaitWhateverHappens(mayEnd);
                    Thread.currentThread().interrupt();
                  } else {
                    interrupted.add(atStart);
                  }
                  return Result.done();
                }))
        .startAndSync();
    fixture.open(0);
    fixture.open(1);
    fixture.create("a0");
    org.awaitility.Awaitility.await().until(() -> fixture.counts(0).running() == 1);
    fixture.create("a1");
    fixture.runtime.close(bucket(0), nobody -> {});
    fixture.runtime.interrupt(bucket(0));
    mayEnd.countDown();
    assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void noKeyIsStartedOnceTheTermOfItsBucketIsOver() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps(), recorder).startAndSync();
    fixture.open(0).end();
    fixture.open(1);
    fixture.create("a0");
    fixture.create("a1");
    assertThat(recorder.next().key().name()).isEqualTo("a1");
    fixture.awaitIdle();
    assertThat(recorder.isIdle()).isTrue();
  }

  @Test
  void listenerHearsOfEachRunOnTheWorkerAndCanThrowWithoutHarm() throws Exception {
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    fixture =
        new RuntimeFixture(
            client,
            configMaps(),
            request -> {
              heard.add("reconcile " + MDC.getCopyOfContextMap());
              return Result.done();
            },
            new ReconcileListener() {
              @Override
              public void started(Run run) {
                heard.add("started " + run.key() + " " + run.identity() + " " + run.epoch());
                throw new IllegalStateException("as the test wants");
              }

              @Override
              public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
                heard.add("ended " + run.key() + " " + outcome + " " + MDC.get("controller"));
                throw new IllegalStateException("as the test wants");
              }
            });
    fixture.startAndSync();
    fixture.open(0);
    fixture.create("a0");
    assertThat(heard.poll(20, TimeUnit.SECONDS))
        .isEqualTo("started default/a0 replica_0123abcd 100");
    assertThat(heard.poll(20, TimeUnit.SECONDS))
        .contains("controller=configmap")
        .contains("bucket=0")
        .contains("resource.namespace=default")
        .contains("resource.name=a0");
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("ended default/a0 DONE configmap");
    fixture.awaitIdle();
    assertThat(fixture.counts(0).delayed()).isZero();
  }

  @Test
  void controllersOfOneTypeShareItsInformer() {
    use(configMaps(), new Recorder());
    TypeScope<ConfigMap> everywhere = TypeScope.of(Source.of(ConfigMap.class), Set.of()).get(0);
    assertThat(fixture.informers.of(everywhere)).isSameAs(fixture.informers.of(everywhere));
    assertThat(
            fixture.informers.of(
                TypeScope.of(Source.of(ConfigMap.class), Set.of("default")).get(0)))
        .isNotSameAs(fixture.informers.of(everywhere));
  }

  @Test
  void onlyTheNamedNamespacesAreLookedAt() throws Exception {
    Recorder recorder = new Recorder();
    use(configMaps().namespaces("default", "second"), recorder).startAndSync();
    fixture.open(0);
    for (String namespace : List.of("third", "second", "default")) {
      ConfigMap map = RuntimeFixture.configMap("a0");
      map.getMetadata().setNamespace(namespace);
      client.resource(map).create();
    }
    assertThat(List.of(recorder.next().key(), recorder.next().key()))
        .containsExactlyInAnyOrder(
            new ResourceKey("default", "a0"), new ResourceKey("second", "a0"));
    fixture.awaitIdle();
    assertThat(recorder.isIdle()).isTrue();
  }

  private RuntimeFixture use(
      ControllerBuilder<ConfigMap> builder, Reconciler<ConfigMap> reconciler) {
    fixture = new RuntimeFixture(client, builder, reconciler);
    return fixture;
  }

  /** Remembers how runs ended. */
  private static final class Outcomes implements ReconcileListener {

    private final LinkedBlockingQueue<Run.Outcome> ended = new LinkedBlockingQueue<>();

    @Override
    public void ended(Run run, Run.Outcome outcome, @Nullable Throwable cause) {
      ended.add(outcome);
    }
  }
}
