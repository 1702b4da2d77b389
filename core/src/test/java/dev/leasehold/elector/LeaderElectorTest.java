package dev.leasehold.elector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.election.ElectionAnnotations;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import dev.leasehold.election.Timings;
import dev.leasehold.lock.LockRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The elector and the gate over a store in memory, with real threads and no fixed waits. */
@Timeout(30)
class LeaderElectorTest {

  private static final String NAME = "lead";
  private static final Timings QUICK =
      new Timings(Duration.ofSeconds(1), Duration.ofMillis(700), Duration.ofMillis(50));

  private final MemoryLocks locks = new MemoryLocks();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  @BeforeEach
  void theLockIsFree() {
    locks.force(
        NAME,
        new LockRecord(
            "", 1, null, null, 0, Map.of(), Map.of(ElectionAnnotations.RELEASED, "earlier")));
  }

  private LeaderElectorBuilder builder(String identity) {
    return LeaderElector.of(Lock.lease("ns", NAME)).identity(identity).timings(QUICK);
  }

  private Ports ports() {
    return new Ports(locks, locks.feed(), () -> {});
  }

  private void elsewhereEdited() {
    LockRecord there = locks.record(NAME);
    locks.force(
        NAME,
        new LockRecord(
            there.holder(),
            there.durationSeconds(),
            there.acquired(),
            there.renewed(),
            there.transitions(),
            Map.of("edited", "yes"),
            there.annotations()));
  }

  @Test
  void stopIsStrictlyBeforeRelease() {
    var elector =
        builder("a")
            .onStart(term -> calls.add("start"))
            .onStop(() -> calls.add("stop while the lock shows " + locks.record(NAME).holder()))
            .build(ports());
    elector.start();
    await().until(() -> calls.contains("start"));
    elector.close();
    assertThat(calls).containsExactly("start", "stop while the lock shows a");
    assertThat(locks.record(NAME).holder()).isEmpty();
    assertThat(locks.record(NAME).annotation(ElectionAnnotations.RELEASED)).isEqualTo("a");
  }

  @Test
  void aReleasedLockIsTakenByAnotherAtOnceAndEpochsGrow() {
    var terms = new LinkedBlockingQueue<TermView>();
    var a = builder("a").onStart(terms::add).build(ports());
    var b = builder("b").onStart(terms::add).build(ports());
    a.start();
    TermView first = take(terms);
    b.start();
    a.close();
    TermView second = take(terms);
    assertThat(first.isValid()).isFalse();
    assertThat(second.identity()).isEqualTo("b");
    assertThat(Long.compareUnsigned(second.epoch(), first.epoch())).isPositive();
    b.close();
  }

  @Test
  void epochsGrowOverEditDeletionAndRecreation() {
    var terms = new LinkedBlockingQueue<TermView>();
    var elector = builder("a").onStart(terms::add).build(ports());
    elector.start();
    TermView first = take(terms);
    elsewhereEdited();
    TermView second = take(terms);
    locks.remove(NAME);
    TermView third = take(terms);
    assertThat(List.of(first, second, third))
        .extracting(TermView::epoch)
        .isSortedAccordingTo(Long::compareUnsigned)
        .doesNotHaveDuplicates();
    elector.close();
  }

  @Test
  void afterALossItCampaignsAgainButNotBeforeOnStopHasReturned() {
    var release = new CountDownLatch(1);
    var stopping = new CountDownLatch(1);
    var elector =
        builder("a")
            .onStart(term -> calls.add("start"))
            .onStop(
                () -> {
                  stopping.countDown();
                  awaitQuietly(release);
                  calls.add("stop");
                })
            .build(ports());
    elector.start();
    await().until(() -> calls.size() == 1);
    locks.remove(NAME);
    awaitQuietly(stopping);
    assertThat(elector.isLeading()).isFalse();
    assertThat(locks.get(NAME)).isNull();
    release.countDown();
    await().until(() -> calls.equals(List.of("start", "stop", "start")));
    elector.close();
  }

  @Test
  void aThrowingCallbackChangesNothingForTheOthers() {
    var elector =
        builder("a")
            .onStart(
                term -> {
                  throw new IllegalStateException("start");
                })
            .onStart(term -> calls.add("start"))
            .onStop(
                () -> {
                  throw new AssertionError("stop");
                })
            .onStop(() -> calls.add("stop"))
            .onNewLeader(
                holder -> {
                  throw new IllegalStateException("leader");
                })
            .build(ports());
    elector.start();
    await().until(() -> calls.contains("start"));
    assertThat(elector.isLeading()).isTrue();
    elector.close();
    assertThat(calls).containsExactly("start", "stop");
    assertThat(locks.record(NAME).holder()).isEmpty();
  }

  @Test
  void aStartThatBlocksIsInterruptedWhenTheTermEnds() {
    var elector =
        builder("a")
            .onStart(
                term -> {
                  calls.add("start");
                  awaitQuietly(new CountDownLatch(1));
                  calls.add("interrupted");
                })
            .onStart(term -> awaitQuietly(new CountDownLatch(1)))
            .onStop(() -> calls.add("stop " + Thread.currentThread().isInterrupted()))
            .build(ports());
    elector.start();
    await().until(() -> calls.contains("start"));
    elector.close();
    assertThat(calls).containsExactly("start", "interrupted", "stop false");
  }

  @Test
  void callbacksNeverRunOnTheElectionThread() {
    var threads = new LinkedBlockingQueue<String>();
    var elector =
        builder("a")
            .onStart(term -> threads.add(Thread.currentThread().getName()))
            .onNewLeader(holder -> threads.add(Thread.currentThread().getName()))
            .build(ports());
    elector.start();
    await().until(() -> threads.size() >= 2);
    elector.close();
    assertThat(threads).containsOnly("leasehold-callbacks");
  }

  @Test
  void everyHolderIsTold() {
    var a = builder("a").onNewLeader(calls::add).build(ports());
    a.start();
    await().until(() -> calls.equals(List.of("a")));
    a.close();
    assertThat(a.leader()).isIn("", "a");
  }

  @Test
  void aListenerMayCloseTheElector() {
    var self = new LinkedBlockingQueue<LeaderElector>();
    var elector =
        builder("a").onStart(term -> Objects.requireNonNull(self.poll()).close()).build(ports());
    self.add(elector);
    elector.start();
    await().until(() -> locks.record(NAME).annotation(ElectionAnnotations.RELEASED).equals("a"));
    assertThat(elector.isLeading()).isFalse();
  }

  @Test
  void workThatDoesNotStopKeepsTheLockFromBeingReleased() {
    var started = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var elector =
        builder("a")
            .onStart(term -> started.countDown())
            .onStop(() -> awaitQuietly(never))
            .build(ports());
    elector.start();
    awaitQuietly(started);
    elector.close();
    assertThat(locks.record(NAME).holder()).isEqualTo("a");
    never.countDown();
  }

  @Test
  void anElectorStartsOnceOnly() {
    var elector = builder("a").build(ports());
    elector.start();
    assertThatThrownBy(elector::start).isInstanceOf(IllegalStateException.class);
    elector.close();
    elector.close();
    assertThat(builder("").build(ports()).identity()).matches(".+_[0-9a-f]{8}");
  }

  // ---- the gate ----

  @Test
  void aGateBlocksUntilThisProcessLeads() throws InterruptedException {
    try (var gate = LeaderGate.open(builder("a"), ports())) {
      TermView term = gate.awaitLeadership();
      assertThat(term.identity()).isEqualTo("a");
      assertThat(gate.isLeading()).isTrue();
    }
    assertThat(locks.record(NAME).holder()).isEmpty();
  }

  @Test
  void aGateThatLosesItsTermRunsEveryHookThenExitsAndStaysClosed() throws InterruptedException {
    var gate = LeaderGate.open(builder("a"), ports());
    gate.exitWhenLost(status -> calls.add("exit " + status));
    gate.onLost(
        () -> {
          throw new IllegalStateException("hook");
        });
    gate.onLost(() -> calls.add("lost"));
    TermView term = gate.awaitLeadership();
    elsewhereEdited();
    await().until(() -> calls.size() == 2);
    assertThat(calls).containsExactly("lost", "exit 1");
    assertThat(gate.isLeading()).isFalse();
    assertThat(term.isValid()).isFalse();
    gate.onLost(() -> calls.add("late"));
    gate.exitWhenLost(status -> calls.add("exit late"));
    assertThat(calls).containsExactly("lost", "exit 1", "late", "exit late");
    gate.close();
  }

  @Test
  void aGateThatIsGivenUpDoesNotExit() throws InterruptedException {
    var gate = LeaderGate.open(builder("a"), ports());
    gate.exitWhenLost(status -> calls.add("exit"));
    gate.onLost(() -> calls.add("lost"));
    TermView unused = gate.awaitLeadership();
    gate.close();
    assertThat(calls).containsExactly("lost");
  }

  @Test
  void aGateClosedBeforeItOpenedLetsItsWaitersGo() {
    locks.force(NAME, new LockRecord("other", 3600, null, null, 0, Map.of(), Map.of()));
    var gate = LeaderGate.open(builder("a"), ports());
    gate.close();
    assertThatThrownBy(gate::awaitLeadership).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void endCausesAreSentences() {
    for (EndCause cause : EndCause.values()) {
      assertThat(cause.text()).isNotBlank();
    }
  }

  private static TermView take(LinkedBlockingQueue<TermView> terms) {
    try {
      return Objects.requireNonNull(terms.poll(20, TimeUnit.SECONDS), "no term came");
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stop) {
      // What the test is about, or its end.
    }
  }
}
