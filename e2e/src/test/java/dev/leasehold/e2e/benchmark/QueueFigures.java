package dev.leasehold.e2e.benchmark;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** What the queue takes for things that happen once in a while: one line of figures for each. */
public final class QueueFigures {

  private static final int MILLION = 1_000_000;
  private static final int ROUNDS = 5;
  private static final Bucket BUCKET = new Bucket("figures", 0, 1);

  private QueueFigures() {}

  /**
   * Measures and prints.
   *
   * @param arguments what, of {@code bytes}, {@code drop}, {@code promotion} and {@code delays};
   *     everything without any
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> wanted =
        arguments.length == 0 ? Set.of("bytes", "drop", "promotion", "delays") : Set.of(arguments);
    List<Integer> keys = IntStream.range(0, MILLION).boxed().toList();
    if (wanted.contains("bytes")) {
      bytesPerKey(keys);
    }
    for (int round = 1; round <= ROUNDS && wanted.contains("drop"); round++) {
      drop(keys, round);
    }
    for (int round = 1; round <= ROUNDS && wanted.contains("promotion"); round++) {
      promotion(keys, round);
    }
    if (wanted.contains("delays")) {
      delays(keys, "over 10 s", Duration.ofSeconds(10));
      delays(keys, "all at once", Duration.ZERO);
    }
  }

  private static void bytesPerKey(List<Integer> keys) {
    WorkQueue<Integer> delayed = queue(key -> 0);
    delayed.open(BUCKET, new ClockedTerm(Clocks.system()));
    long before = usedBytes();
    keys.forEach(key -> delayed.addAfter(key, Lane.LIVE, Duration.ofMillis(MILLION + key)));
    long after = usedBytes();
    print("1,000,000 delayed keys: %d bytes each".formatted((after - before) / MILLION));
    WorkQueue<Integer> queued = queue(key -> 0);
    queued.open(BUCKET, new ClockedTerm(Clocks.system()));
    before = usedBytes();
    keys.forEach(key -> queued.add(key, Lane.LIVE));
    after = usedBytes();
    print("1,000,000 queued keys: %d bytes each".formatted((after - before) / MILLION));
    delayed.shutDown();
    queued.shutDown();
  }

  private static void drop(List<Integer> keys, int round) {
    WorkQueue<Integer> queue = queue(key -> 0);
    queue.open(BUCKET, new ClockedTerm(Clocks.system()));
    keys.forEach(key -> queue.add(key, Lane.LIVE));
    Consumer<Bucket> listener = stopped -> {};
    long begun = System.nanoTime();
    queue.close(BUCKET, listener);
    print("drop of 1,000,000 keys, round %d: %s".formatted(round, since(begun)));
  }

  private static void promotion(List<Integer> keys, int round) throws Exception {
    int buckets = 10;
    WorkQueue<Integer> queue = queue(key -> key % buckets);
    for (int index = 1; index < buckets; index++) {
      queue.open(new Bucket("figures", index, buckets), new ClockedTerm(Clocks.system()));
    }
    List<Integer> promoted = keys.stream().filter(key -> key % buckets == 0).toList();
    FutureTask<Long> first =
        new FutureTask<>(
            () -> {
              Work<Integer> work = queue.take();
              long taken = System.nanoTime();
              while (work != null) {
                queue.done(work);
                work = queue.take();
              }
              return taken;
            });
    Thread worker = new Thread(first, "worker");
    worker.start();
    while (worker.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    long begun = System.nanoTime();
    queue.open(new Bucket("figures", 0, buckets), new ClockedTerm(Clocks.system()));
    queue.addAll(0, promoted.iterator(), Lane.BACKGROUND);
    String enqueued = since(begun);
    queue.shutDown();
    print(
        "promotion of 100,000 keys, round %d: first dispatch after %s, all enqueued after %s"
            .formatted(round, millis(first.get() - begun), enqueued));
  }

  private static void delays(List<Integer> keys, String spread, Duration over) throws Exception {
    WorkQueue<Integer> queue = queue(key -> 0);
    queue.open(BUCKET, new ClockedTerm(Clocks.system()));
    SplittableRandom random = new SplittableRandom(42);
    long[] due = new long[keys.size()];
    long first = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    for (Integer key : keys) {
      long at = first + (over.isZero() ? 0 : random.nextLong(over.toNanos()));
      long now = System.nanoTime();
      due[key] = at;
      queue.addAfter(key, Lane.LIVE, Duration.ofNanos(at - now));
    }
    long[] late = new long[keys.size()];
    for (int taken = 0; taken < keys.size(); taken++) {
      Work<Integer> work = queue.take();
      if (work == null) {
        throw new IllegalStateException("The queue has ended by itself.");
      }
      late[taken] = System.nanoTime() - due[work.key()];
      queue.done(work);
    }
    queue.shutDown();
    Arrays.sort(late);
    print(
        "1,000,000 delayed keys, %s, one worker: all came; late by %s at p50, %s at p99.9, %s at most"
            .formatted(
                spread,
                millis(late[late.length / 2]),
                millis(late[(int) (late.length * 0.999)]),
                millis(late[late.length - 1])));
  }

  private static WorkQueue<Integer> queue(ToIntFunction<Integer> bucketOf) {
    return new WorkQueue<>(
        bucketOf, Clocks.system(), Backoff.standard(new SplittableRandom()), RateLimit.standard());
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String since(long begun) {
    return millis(System.nanoTime() - begun);
  }

  private static String millis(long nanos) {
    return "%.3f ms".formatted(nanos / 1e6);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
