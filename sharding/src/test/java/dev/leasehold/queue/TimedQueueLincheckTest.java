package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to a bucket whose keys wait for times, and whenever the time comes: no key
 * that was asked for is lost, and none runs twice at once. Lincheck makes up histories and walks
 * through the ways in which their steps can interleave; after each, time passes and all runs end.
 *
 * <p>Operations return nothing, because a thread that looks while another one moves what is due may
 * find nothing where a single thread would: the other one is on its way with it.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "thread", gen = ThreadIdGen.class)
public class TimedQueueLincheckTest {

  private static final int KEYS = 2;
  private static final long LATER = Duration.ofSeconds(1).toNanos();

  private final OpenBuckets<Integer> buckets =
      new OpenBuckets<>(new RateLimit(1_000_000, 1), () -> 0);
  private final Backoff backoff =
      new Backoff(Duration.ofNanos(LATER), Duration.ofNanos(LATER), 0, new SplittableRandom(1));
  private final AtomicLong clock = new AtomicLong();
  private final Ledger ledger = new Ledger(KEYS);
  private final Taken taken = new Taken();

  /** Opens the bucket before a history begins. */
  public TimedQueueLincheckTest() {
    buckets.open(new Bucket("webpage", 0, 1), new FakeTerm(1));
  }

  @Operation
  public void add(@Param(name = "key") int key) {
    int since = ledger.now();
    bucket().add(key, Lane.BACKGROUND);
    ledger.asked(key, since);
  }

  @Operation
  public void addAfter(@Param(name = "key") int key) {
    int since = ledger.now();
    bucket().addAt(key, Lane.LIVE, clock.get() + LATER);
    ledger.asked(key, since);
  }

  @Operation
  public void pass() {
    clock.addAndGet(LATER);
  }

  @Operation
  public void poll(@Param(name = "thread") int thread) {
    buckets.advance(clock.get());
    Work<Integer> work = buckets.poll(clock.get());
    if (work != null) {
      ledger.begun(work);
      taken.add(thread, work);
    }
  }

  @Operation
  public void done(@Param(name = "thread") int thread) {
    Work<Integer> work = taken.pollFirst(thread);
    if (work != null) {
      ledger.ends(work);
      bucket().done(work);
    }
  }

  @Operation
  public void doneUntil(@Param(name = "thread") int thread) {
    Work<Integer> work = taken.pollFirst(thread);
    if (work != null) {
      int since = ledger.now();
      ledger.ends(work);
      bucket().doneUntil(work, clock.get() + LATER);
      ledger.asked(work.key(), since);
    }
  }

  @Operation
  public void failed(@Param(name = "thread") int thread) {
    Work<Integer> work = taken.pollFirst(thread);
    if (work != null) {
      int since = ledger.now();
      ledger.ends(work);
      bucket().failed(work, clock.get(), backoff);
      ledger.asked(work.key(), since);
    }
  }

  @Operation
  public void putBack(@Param(name = "thread") int thread) {
    Work<Integer> work = taken.pollFirst(thread);
    if (work != null) {
      int since = ledger.now();
      ledger.ends(work);
      bucket().putBack(work);
      ledger.asked(work.key(), since);
    }
  }

  /** Ends all runs, lets time pass and takes what comes then. */
  @Validate
  public void nothingIsLost() {
    for (Work<Integer> work = ledger.anyRunning(); work != null; work = ledger.anyRunning()) {
      ledger.ends(work);
      bucket().done(work);
    }
    for (int round = 0; round < 2 * KEYS; round++) {
      clock.addAndGet(LATER);
      buckets.advance(clock.get());
      for (Work<Integer> work = buckets.poll(clock.get());
          work != null;
          work = buckets.poll(clock.get())) {
        ledger.begun(work);
        ledger.ends(work);
        bucket().done(work);
      }
    }
    for (int key = 0; key < KEYS; key++) {
      ledger.requireRun(key, 0);
    }
    ledger.require(
        !buckets.hasTimes() && !buckets.hasReady(),
        "Something still waits that nobody has asked for.");
    ledger.throwWhatWasFound();
  }

  private static ExecutionScenario aKeyIsDelayedWhileItRuns() {
    return new ExecutionScenario(
        List.of(actor("add", 0), actor("poll", 0)),
        List.of(
            List.of(actor("failed", 0), actor("pass")),
            List.of(actor("addAfter", 0), actor("pass"), actor("poll", 1))),
        List.of(),
        null);
  }

  private static Actor actor(String operation, Object... arguments) {
    return Actors.call(TimedQueueLincheckTest.class, operation, arguments);
  }

  @Test
  void noKeyIsLostAndNoneRunsTwiceAtOnceWheneverItsTimeComes() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(0)
        .iterations(5)
        .invocationsPerIteration(120)
        .minimizeFailedScenario(false)
        .addCustomScenario(Actors.aKeyIsAddedWhileItRuns(TimedQueueLincheckTest.class))
        .addCustomScenario(aKeyIsDelayedWhileItRuns())
        .check(TimedQueueLincheckTest.class);
  }

  @SuppressWarnings("NullAway") // It is open all the time.
  private SharedBucket<Integer> bucket() {
    return buckets.find(0);
  }
}
