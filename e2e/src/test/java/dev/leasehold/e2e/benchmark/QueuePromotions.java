package dev.leasehold.e2e.benchmark;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How long it takes to give a promoted bucket more and more cached keys. A line for each round: the
 * keys and the milliseconds until all were enqueued, with a tab between them.
 */
public final class QueuePromotions {

  private static final int[] KEYS = {10_000, 30_000, 100_000};
  private static final int ROUNDS = 5;

  private QueuePromotions() {}

  /** Measures and prints; the first round of each size is to warm up, and isn't printed. */
  @SuppressWarnings("SystemOut") // It is for whoever reads the output.
  public static void main(String[] arguments) {
    for (int count : KEYS) {
      List<Integer> keys = IntStream.range(0, count).boxed().toList();
      for (int round = 0; round <= ROUNDS; round++) {
        double millis = promotion(keys);
        if (round > 0) {
          System.out.println(count + "\t" + millis);
        }
      }
    }
  }

  private static double promotion(List<Integer> keys) {
    WorkQueue<Integer> queue =
        new WorkQueue<>(
            key -> 0,
            Clocks.system(),
            Backoff.standard(new SplittableRandom()),
            RateLimit.standard());
    long begun = System.nanoTime();
    queue.open(new Bucket("figures", 0, 1), new ClockedTerm(Clocks.system()));
    queue.addAll(0, keys.iterator(), Lane.BACKGROUND);
    double millis = (System.nanoTime() - begun) / 1e6;
    queue.shutDown();
    return millis;
  }
}
