package dev.leasehold.e2e.benchmark;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Many keys that are added after delays, to ours and to the official Java client's queue: how many
 * never come, and how late the others are. A line for each queue and number of keys, its columns
 * between tabs.
 */
public final class QueueDelays {

  private static final int[] KEYS = {1_000, 10_000, 100_000};
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration OVER = Duration.ofSeconds(2);

  /** What has not come so long after its time is lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private QueueDelays() {}

  /** Measures and prints. */
  @SuppressWarnings("SystemOut") // It is for whoever reads the output.
  public static void main(String[] arguments) throws InterruptedException {
    for (int keys : KEYS) {
      for (String queue : new String[] {"leasehold", "client-java"}) {
        System.out.println(measure(queue, keys));
      }
    }
    System.exit(0);
  }

  private static String measure(String name, int count) throws InterruptedException {
    String[] keys = Keys.of(count);
    Map<String, Long> due = new ConcurrentHashMap<>();
    Map<String, Long> late = new ConcurrentHashMap<>();
    try (RetryContender queue = RetryContender.of(name)) {
      CountDownLatch left = new CountDownLatch(count);
      Thread worker = new Thread(() -> work(queue, due, late, left), "worker");
      worker.setDaemon(true);
      worker.start();
      SplittableRandom random = new SplittableRandom(42);
      long first = System.nanoTime() + BEFORE.toNanos();
      for (String key : keys) {
        long at = first + random.nextLong(OVER.toNanos());
        due.put(key, at);
        queue.addAfter(key, Duration.ofNanos(at - System.nanoTime()));
      }
      long until = first + OVER.plus(PATIENCE).toNanos();
      // What has not come by then is counted below.
      boolean unused = left.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      worker.interrupt();
    }
    long[] sorted = late.values().stream().mapToLong(each -> each).sorted().toArray();
    return String.join(
        "\t",
        name,
        Integer.toString(count),
        Integer.toString(count - sorted.length),
        millis(sorted, 0.5),
        millis(sorted, 0.999),
        millis(sorted, 1));
  }

  private static void work(
      RetryContender queue, Map<String, Long> due, Map<String, Long> late, CountDownLatch left) {
    try {
      while (true) {
        String key = queue.runNext(each -> false);
        if (late.put(key, System.nanoTime() - due.getOrDefault(key, 0L)) == null) {
          left.countDown();
        }
      }
    } catch (InterruptedException ended) {
      // All have come, or nobody waits any longer.
    }
  }

  private static String millis(long[] sorted, double share) {
    if (sorted.length == 0) {
      return "-";
    }
    long nanos = sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
