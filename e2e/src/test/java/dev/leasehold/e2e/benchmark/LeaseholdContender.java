package dev.leasehold.e2e.benchmark;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Leasehold's queue with all its buckets open under some term. */
final class LeaseholdContender implements Contender {

  private final WorkQueue<String> queue;

  LeaseholdContender(int buckets, TermView term) {
    queue =
        new WorkQueue<>(
            key -> bucketOf(key, buckets),
            Clocks.system(),
            Backoff.standard(new SplittableRandom()),
            RateLimit.standard());
    for (int index = 0; index < buckets; index++) {
      queue.open(new Bucket("benchmark", index, buckets), term);
    }
  }

  /** The index of the bucket of a key. */
  static int bucketOf(String key, int buckets) {
    return (key.hashCode() >>> 8) % buckets;
  }

  @Override
  public void add(String key) {
    queue.add(key, Lane.LIVE);
  }

  @Override
  public @Nullable String runNext() throws InterruptedException {
    Work<String> work = queue.take();
    if (work == null) {
      return null;
    }
    queue.done(work);
    return work.key();
  }

  @Override
  public void shutDown() {
    queue.shutDown();
  }
}
