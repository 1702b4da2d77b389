package dev.leasehold.e2e.benchmark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a key costs one thread that adds many and then takes and ends them all: how far it matters
 * where in memory the next key lies. The queues take turns in one JVM.
 *
 * <p>Prints a line for each number of keys, order and queue, its fields between tabs: how many
 * keys, how many of a bucket in a row, the queue, nanoseconds a key for adding and for taking and
 * ending, the medians of the rounds.
 */
public final class QueueBacklog {

  private static final List<String> QUEUES =
      List.of("leasehold", "leasehold-1-bucket", "client-java");

  private static final int[] KEYS = {1_000, 100_000};

  /** Of {@code leasehold}. */
  private static final int BUCKETS = 8;

  /** So many keys of a bucket come in a row, about. */
  private static final int[] RUNS = {1, 16};

  private static final int WARM_UPS = 10;
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 60_000_000;

  private QueueBacklog() {}

  /** Nanoseconds a key. */
  private record Cost(double add, double run) {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws InterruptedException {
    for (int keys : KEYS) {
      for (int run : RUNS) {
        measure(inRuns(Keys.of(keys), run), run);
      }
    }
  }

  private static String[] inRuns(String[] keys, int run) {
    int sorted = run == 1 ? 1 : run * BUCKETS;
    for (int from = 0; from < keys.length; from += sorted) {
      Arrays.sort(
          keys,
          from,
          Math.min(keys.length, from + sorted),
          Comparator.comparingInt(key -> LeaseholdContender.bucketOf(key, BUCKETS)));
    }
    return keys;
  }

  private static void measure(String[] keys, int run) throws InterruptedException {
    List<Contender> queues = QUEUES.stream().map(Contender::of).toList();
    Cost[][] costs = new Cost[queues.size()][ROUNDS];
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      for (int queue = 0; queue < costs.length; queue++) {
        Cost cost = cost(queues.get(queue), keys);
        if (round >= 0) {
          costs[queue][round] = cost;
        }
      }
    }
    for (int queue = 0; queue < costs.length; queue++) {
      System.out.println(
          String.format(
              Locale.ROOT,
              "%,d keys\tin runs of %d\t%s\t%.0f\t%.0f",
              keys.length,
              run,
              QUEUES.get(queue),
              Arrays.stream(costs[queue]).mapToDouble(Cost::add).sorted().toArray()[ROUNDS / 2],
              Arrays.stream(costs[queue]).mapToDouble(Cost::run).sorted().toArray()[ROUNDS / 2]));
    }
  }

  private static Cost cost(Contender queue, String[] keys) throws InterruptedException {
    long adding = 0;
    long running = 0;
    long count = 0;
    while (adding + running < ROUND_NANOS) {
      long begun = System.nanoTime();
      for (String key : keys) {
        queue.add(key);
      }
      long added = System.nanoTime();
      for (int i = 0; i < keys.length; i++) {
        var unused = queue.runNext();
      }
      adding += added - begun;
      running += System.nanoTime() - added;
      count += keys.length;
    }
    return new Cost((double) adding / count, (double) running / count);
  }
}
