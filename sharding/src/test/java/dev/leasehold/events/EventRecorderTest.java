package dev.leasehold.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.claim.ChangeOfHands.Reason;
import dev.leasehold.log.CapturedLog;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

  private final Queue<Telling> written = new ConcurrentLinkedQueue<>();
  private final Queue<EventOutcome> outcomes = new ConcurrentLinkedQueue<>();
  private final CapturedLog said = CapturedLog.of(EventRecorder.class);

  @AfterEach
  void listenNoMore() {
    said.close();
  }

  @Test
  void whatHasBeenHeardOfIsWrittenBeforeItCloses() {
    EventRecorder recorder = recorder(sink(written::add));
    recorder.changedHands(Changes.of(1, Reason.LEAVE));
    recorder.changedHands(Changes.of(2, Reason.LEAVE));
    recorder.close();
    assertThat(written).hasSize(2);
    assertThat(outcomes).containsExactly(EventOutcome.WRITTEN, EventOutcome.WRITTEN);
  }

  @Test
  void anApiServerThatDoesNotAnswerHoldsNobodyUpAndItsEventsAreLeftOut() {
    CountDownLatch answers = new CountDownLatch(1);
    EventRecorder recorder =
        recorder(
            sink(
                telling -> {
                  try {
                    answers.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    for (int bucket = 0; bucket < 2000; bucket++) {
      recorder.changedHands(Changes.of(bucket, Reason.CRASH));
    }
    // All of these calls have returned though nothing was answered.
    await().until(() -> outcomes.size() > 1700);
    assertThat(outcomes).containsOnly(EventOutcome.DROPPED);
    answers.countDown();
    recorder.close();
  }

  @Test
  void aMissingPermissionIsSaidOnceAndThenItIsQuiet() {
    EventRecorder recorder =
        recorder(
            sink(
                telling -> {
                  throw new KubernetesClientException("forbidden", 403, null);
                }));
    for (int bucket = 0; bucket < 50; bucket++) {
      recorder.changedHands(Changes.of(bucket, Reason.CRASH));
    }
    await().until(() -> outcomes.size() == 50);
    recorder.close();
    assertThat(said.messages())
        .containsExactly(
            "This account may not create events.events.k8s.io in namespace prod: grant it the verb"
                + " by a Role, or switch Events off; changes of hands are only logged.");
    // It has not even asked again.
    assertThat(Collections.frequency(List.copyOf(outcomes), EventOutcome.FAILED)).isEqualTo(1);
  }

  @Test
  void anOutageIsSaidOnceAndWhatComesAfterItIsWritten() {
    Queue<RuntimeException> failures =
        new ConcurrentLinkedQueue<>(
            List.of(new IllegalStateException("away"), new IllegalStateException("away")));
    EventRecorder recorder =
        recorder(
            sink(
                telling -> {
                  RuntimeException failure = failures.poll();
                  if (failure != null) {
                    throw failure;
                  }
                  written.add(telling);
                }));
    for (int bucket = 0; bucket < 3; bucket++) {
      recorder.changedHands(Changes.of(bucket, Reason.CRASH));
    }
    await().until(() -> written.size() == 1);
    recorder.close();
    assertThat(said.messages()).hasSize(1);
  }

  private EventRecorder recorder(EventSink sink) {
    return new EventRecorder(sink, "prod", Clocks.system(), outcomes::add).begin();
  }

  private static EventSink sink(Consumer<Telling> writes) {
    return new EventSink() {
      @Override
      public void write(Telling telling) {
        writes.accept(telling);
      }

      @Override
      public void close() {}
    };
  }
}
