package dev.leasehold.queue;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to two buckets while terms lapse and the queue is shut down: nothing is given
 * out under a term that was over before, a shutdown is told once and only when no key runs, and
 * after it nothing is accepted or given out. A bucket whose term stands loses nothing, and one
 * whose term is over keeps nothing. A key's bucket is itself.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "thread", gen = ThreadIdGen.class)
public class EndedQueueLincheckTest {

  private static final int BUCKETS = 2;

  /** By then all has come due that waits for a time. */
  private static final long NOW = 1;

  private final OpenBuckets<Integer> buckets = new OpenBuckets<>(RateLimit.standard(), () -> 0);
  private final Backoff backoff =
      new Backoff(Duration.ofNanos(NOW), Duration.ofNanos(NOW), 0, new SplittableRandom(1));
  private final List<FakeTerm> terms = List.of(new FakeTerm(1), new FakeTerm(1));
  private final Ledger ledger = new Ledger(BUCKETS);
  private final Taken taken = new Taken();

  /** When each term lapsed, or a little later; zero while it stands. */
  private final AtomicIntegerArray lapsed = new AtomicIntegerArray(BUCKETS);

  // How many shutdowns have begun, have returned, and have been told to be complete.
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger returned = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  /** Opens one of the buckets before a history begins. */
  public EndedQueueLincheckTest() {
    open(0);
  }

  @Operation
  public void open(@Param(name = "key") int index) {
    buckets.open(new Bucket("webpage", index, BUCKETS), terms.get(index));
  }

  @Operation
  public void add(@Param(name = "key") int key, boolean isDelayed) {
    boolean wasShutDown = returned.get() > 0;
    int since = ledger.now();
    if (accepts(key, isDelayed)) {
      ledger.require(!wasShutDown, "A key was accepted after the shutdown.");
      ledger.asked(key, since);
    }
  }

  private boolean accepts(int key, boolean isDelayed) {
    SharedBucket<Integer> bucket = buckets.find(key);
    if (bucket == null) {
      return false;
    }
    return isDelayed ? bucket.addAt(key, Lane.LIVE, NOW) : bucket.add(key, Lane.LIVE);
  }

  @Operation
  public void poll(@Param(name = "thread") int thread) {
    Work<Integer> work = next();
    if (work != null) {
      taken.add(thread, work);
    }
  }

  private @Nullable Work<Integer> next() {
    boolean wasShutDown = returned.get() > 0;
    int before = ledger.now();
    buckets.advance(NOW);
    Work<Integer> work = buckets.poll(NOW);
    if (work != null) {
      ledger.begun(work);
      ledger.require(!wasShutDown && told.get() == 0, "A key was given out after the shutdown.");
      int over = lapsed.get(work.key());
      ledger.require(over == 0 || before < over, "A key was given out after its term.");
    }
    return work;
  }

  @Operation
  public void done(@Param(name = "thread") int thread) {
    Work<Integer> work = taken.pollFirst(thread);
    if (work != null) {
      ledger.ends(work);
      work.from.done(work);
    }
  }

  @Operation
  public void failed(@Param(name = "thread") int thread) {
    Work<Integer> work = taken.pollFirst(thread);
    if (work != null) {
      int since = ledger.now();
      ledger.ends(work);
      work.from.failed(work, 0, backoff);
      ledger.asked(work.key(), since);
    }
  }

  @Operation
  public void lapse(@Param(name = "key") int index) {
    terms.get(index).end();
    lapsed.compareAndSet(index, 0, ledger.now());
  }

  @Operation
  public void shutDown() {
    begun.incrementAndGet();
    buckets.shutDown(
        () -> {
          ledger.require(ledger.anyRunning() == null, "The shutdown was told while a key ran.");
          told.incrementAndGet();
        });
    returned.incrementAndGet();
  }

  /** Ends all runs and takes what comes then. */
  @Validate
  public void nothingIsLostAndNothingIsLeft() {
    for (Work<Integer> work = ledger.anyRunning(); work != null; work = ledger.anyRunning()) {
      ledger.ends(work);
      work.from.done(work);
    }
    for (Work<Integer> work = next(); work != null; work = next()) {
      ledger.ends(work);
      work.from.done(work);
    }
    for (int key = 0; key < BUCKETS; key++) {
      if (begun.get() == 0 && terms.get(key).isValid()) {
        ledger.requireRun(key, 0);
      }
    }
    ledger.require(
        !buckets.hasTimes() && !buckets.hasReady(), "Something is left that nobody can take.");
    ledger.require(told.get() == begun.get(), "A shutdown was not told once.");
    ledger.throwWhatWasFound();
  }

  private static ExecutionScenario theTermEndsWhileKeysComeAndGo() {
    return new ExecutionScenario(
        List.of(actor("add", 0, false)),
        List.of(
            List.of(actor("lapse", 0), actor("poll", 0)),
            List.of(actor("add", 0, true), actor("poll", 1))),
        List.of(),
        null);
  }

  private static ExecutionScenario theQueueIsShutDownWhileAKeyIsTaken() {
    return new ExecutionScenario(
        List.of(actor("add", 0, false), actor("open", 1), actor("add", 1, true)),
        List.of(List.of(actor("poll", 0)), List.of(actor("shutDown"))),
        List.of(),
        null);
  }

  private static ExecutionScenario aBucketIsOpenedAfterTheQueueWasShutDown() {
    return new ExecutionScenario(
        List.of(actor("shutDown")),
        List.of(List.of(actor("open", 1)), List.of(actor("add", 1, false), actor("poll", 1))),
        List.of(),
        null);
  }

  private static Actor actor(String operation, Object... arguments) {
    return Actors.call(EndedQueueLincheckTest.class, operation, arguments);
  }

  @Test
  void nothingRunsAfterItsTermOrTheShutdownAndTheRestIsNotLost() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(0)
        .iterations(3)
        .invocationsPerIteration(120)
        .minimizeFailedScenario(false)
        .addCustomScenario(aBucketIsOpenedAfterTheQueueWasShutDown())
        .addCustomScenario(theTermEndsWhileKeysComeAndGo())
        .addCustomScenario(theQueueIsShutDownWhileAKeyIsTaken())
        // It reads thousands of places one by one, which would leave no time for anything else.
        .addGuarantee(forClasses(OpenBuckets.class.getName()).methods("all").ignore())
        .check(EndedQueueLincheckTest.class);
  }
}
