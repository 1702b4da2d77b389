package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
 * Whatever threads do to two buckets that are closed and opened again: what a bucket accepts after
 * its last closing is run, no key runs twice at once, and a bucket is told to have stopped, and can
 * be opened again, only when none of its keys runs. A key's bucket is itself.
 *
 * <p>Operations return nothing, because which bucket has the next turn is left to chance when
 * threads ask at once.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "thread", gen = ThreadIdGen.class)
public class ReopenedBucketsLincheckTest {

  private static final int BUCKETS = 2;

  private final OpenBuckets<Integer> buckets = new OpenBuckets<>(RateLimit.standard(), () -> 0);
  private final Ledger ledger = new Ledger(BUCKETS);

  /** When each bucket was last closed, or a little later. */
  private final AtomicIntegerArray closed = new AtomicIntegerArray(BUCKETS);

  private final Taken taken = new Taken();

  /** Opens both buckets before a history begins. */
  public ReopenedBucketsLincheckTest() {
    buckets.open(bucket(0), new FakeTerm(1));
    buckets.open(bucket(1), new FakeTerm(1));
  }

  @Operation
  public void open(@Param(name = "key") int index) {
    SharedBucket<Integer> before = buckets.find(index);
    Permit opened = buckets.open(bucket(index), new FakeTerm(1));
    ledger.require(
        opened == null || before == null || !ledger.isRunning(before),
        "A bucket was opened while its keys ran.");
  }

  @Operation
  public void close(@Param(name = "key") int index) {
    SharedBucket<Integer> open = buckets.find(index);
    boolean wasOpen =
        buckets.close(
            bucket(index),
            stopped ->
                ledger.require(
                    open == null || !ledger.isRunning(open), "A bucket stopped too early."));
    if (wasOpen) {
      closed.accumulateAndGet(index, ledger.now(), Math::max);
    }
  }

  @Operation
  public void add(@Param(name = "key") int key) {
    int since = ledger.now();
    SharedBucket<Integer> open = buckets.find(key);
    if (open != null && open.add(key, Lane.LIVE)) {
      ledger.asked(key, since);
    }
  }

  @Operation
  public void poll(@Param(name = "thread") int thread) {
    Work<Integer> work = buckets.poll(0);
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
      work.from.done(work);
    }
  }

  /** Ends all runs and takes what comes then. */
  @Validate
  public void nothingIsLost() {
    for (Work<Integer> work = ledger.anyRunning(); work != null; work = ledger.anyRunning()) {
      ledger.ends(work);
      work.from.done(work);
    }
    for (Work<Integer> work = buckets.poll(0); work != null; work = buckets.poll(0)) {
      ledger.begun(work);
      ledger.ends(work);
      work.from.done(work);
    }
    for (int key = 0; key < BUCKETS; key++) {
      ledger.requireRun(key, closed.get(key));
    }
    ledger.require(!buckets.hasReady(), "A bucket is ready and has nothing.");
    ledger.throwWhatWasFound();
  }

  private static ExecutionScenario aBucketIsReopenedWhileAKeyRuns() {
    return new ExecutionScenario(
        List.of(actor("add", 0), actor("poll", 0)),
        List.of(
            List.of(actor("add", 0), actor("done", 0)),
            List.of(actor("close", 0), actor("open", 0), actor("add", 0))),
        List.of(),
        null);
  }

  private static Actor actor(String operation, Object... arguments) {
    return Actors.call(ReopenedBucketsLincheckTest.class, operation, arguments);
  }

  @Test
  void whatIsAcceptedAfterTheLastClosingIsRunAndNothingOverlaps() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(0)
        .iterations(5)
        .invocationsPerIteration(120)
        .minimizeFailedScenario(false)
        .addCustomScenario(aBucketIsReopenedWhileAKeyRuns())
        .addCustomScenario(Actors.aKeyIsAddedWhileItRuns(ReopenedBucketsLincheckTest.class))
        .check(ReopenedBucketsLincheckTest.class);
  }

  private static Bucket bucket(int index) {
    return new Bucket("webpage", index, BUCKETS);
  }
}
