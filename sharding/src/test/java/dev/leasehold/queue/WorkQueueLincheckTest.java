package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to one bucket at once, each of them sees what it would see if they had come
 * one after the other to the {@link NaiveQueue}: Lincheck makes up histories and walks through the
 * ways in which their steps can interleave.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "thread", gen = ThreadIdGen.class)
public class WorkQueueLincheckTest {

  private static final Bucket BUCKET = new Bucket("webpage", 0, 1);

  private final OpenBuckets<Integer> buckets = new OpenBuckets<>(RateLimit.standard(), () -> 0);

  private final Taken taken = new Taken();

  /** Opens the bucket before a history begins. */
  public WorkQueueLincheckTest() {
    buckets.open(BUCKET, new FakeTerm(1));
  }

  @Operation
  public boolean add(@Param(name = "key") int key, boolean isLive) {
    SharedBucket<Integer> bucket = buckets.find(0);
    return bucket != null && bucket.add(key, isLive ? Lane.LIVE : Lane.BACKGROUND);
  }

  @Operation
  public @Nullable Integer poll(@Param(name = "thread") int thread) {
    Work<Integer> work = buckets.poll(0);
    if (work == null) {
      return null;
    }
    taken.add(thread, work);
    return work.key();
  }

  @Operation
  public @Nullable Integer done(@Param(name = "thread") int thread) {
    Work<Integer> work = taken.pollFirst(thread);
    if (work == null) {
      return null;
    }
    work.from.done(work);
    return work.key();
  }

  @Operation
  public boolean close() {
    return buckets.close(BUCKET, stopped -> {});
  }

  /**
   * What might lose news, and what a few histories made up at random hardly hit upon: the key is
   * added in the moment in which its run ends.
   */
  private static ExecutionScenario newsOfAKeyWhoseRunEnds() {
    int taker = 0;
    return new ExecutionScenario(
        List.of(actor("add", 1, true), actor("poll", taker)),
        List.of(List.of(actor("done", taker)), List.of(actor("add", 1, true))),
        List.of(actor("poll", taker)),
        null);
  }

  /** A key is added while the last of the others is taken, after which the bucket is not ready. */
  private static ExecutionScenario newsWhileABucketRunsOutOfKeys() {
    int taker = 0;
    return new ExecutionScenario(
        List.of(actor("add", 1, true), actor("add", 2, true), actor("poll", taker)),
        List.of(
            List.of(actor("poll", taker), actor("poll", taker)),
            List.of(actor("add", 3, true), actor("poll", 1))),
        List.of(actor("poll", taker)),
        null);
  }

  private static Actor actor(String operation, Object... arguments) {
    return Actors.call(WorkQueueLincheckTest.class, operation, arguments);
  }

  @Test
  void threadsSeeWhatTheyWouldSeeOneAfterTheOther() {
    new ModelCheckingOptions()
        .sequentialSpecification(NaiveQueue.class)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(2)
        .iterations(6)
        .invocationsPerIteration(400)
        .minimizeFailedScenario(false)
        .addCustomScenario(newsOfAKeyWhoseRunEnds())
        .addCustomScenario(newsWhileABucketRunsOutOfKeys())
        .check(WorkQueueLincheckTest.class);
  }
}
