package dev.leasehold.controller;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * How long a promotion takes of a bucket that has a tenth of 1,000,000 cached keys.
 *
 * <p>Run by name, {@code mvn test -pl sharding -am -Dtest=PromotionFigures
 * -Dsurefire.failIfNoSpecifiedTests=false}, on a machine that has nothing else to do: the figures
 * are times of the wall. The time of the processor is shown beside them, for one that has.
 */
class PromotionFigures {

  private static final int BUCKETS = 10;
  private static final int KEYS = 1_000_000;
  private static final int ROUNDS = 10;
  private static final double MOST_MILLIS_TO_FIRST = 5;
  private static final double MOST_MILLIS_TO_ALL = 100;

  private final BucketSet layout = BucketSet.of("configmap", BUCKETS, KeyHash.NAME);
  private final WorkQueue<ResourceKey> queue =
      new WorkQueue<>(
          key -> layout.bucketOf(key.namespace(), key.name(), null).index(),
          Clocks.system(),
          Backoff.standard(new SplittableRandom(1)),
          RateLimit.standard());
  private final KeyIndex index = new KeyIndex(queue::bucketOf);
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** Milliseconds from the opening of the gate. */
  private record Figures(int keys, double first, double all, double processor) {}

  @Test
  @SuppressWarnings("SystemOut") // Figures are for whoever asked for them.
  void firstKeyRunsWithin5MillisecondsAndAllAreEnqueuedWithin100() throws Exception {
    for (int i = 0; i < KEYS; i++) {
      index.add(new ResourceKey("default", "name-" + i));
    }
    promotion();
    List<Figures> all = new ArrayList<>();
    System.out.printf("%8s %10s %12s %14s%n", "keys", "first, ms", "all, ms", "processor, ms");
    for (int round = 0; round < ROUNDS; round++) {
      Figures one = promotion();
      all.add(one);
      System.out.printf(
          "%8d %10.2f %12.1f %14.1f%n", one.keys(), one.first(), one.all(), one.processor());
    }
    assertThat(median(all, Figures::first)).isLessThanOrEqualTo(MOST_MILLIS_TO_FIRST);
    assertThat(median(all, Figures::all)).isLessThanOrEqualTo(MOST_MILLIS_TO_ALL);
  }

  private Figures promotion() throws Exception {
    CompletableFuture<Long> dispatched = new CompletableFuture<>();
    Thread worker = new Thread(() -> takeOne(dispatched));
    worker.start();
    Bucket bucket = layout.buckets().get(0);
    long processor = threads.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    queue.open(bucket, new FakeTerm(1));
    // The same as the controller's replay.
    assertThat(index.keysOf(0).allMatch(key -> queue.add(key, Lane.BACKGROUND))).isTrue();
    long all = System.nanoTime() - begin;
    processor = threads.getCurrentThreadCpuTime() - processor;
    long first = dispatched.get(20, TimeUnit.SECONDS) - begin;
    worker.join();
    int keys = queue.counts().get(0).queued() + 1;
    queue.close(bucket, stopped -> {});
    return new Figures(keys, millis(first), millis(all), millis(processor));
  }

  private void takeOne(CompletableFuture<Long> dispatched) {
    try {
      Work<ResourceKey> work = requireNonNull(queue.take());
      dispatched.complete(System.nanoTime());
      queue.done(work);
    } catch (InterruptedException e) {
      dispatched.completeExceptionally(e);
    }
  }

  private static double median(List<Figures> all, ToDoubleFunction<Figures> of) {
    return all.stream().mapToDouble(of).sorted().skip(all.size() / 2).findFirst().orElseThrow();
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
