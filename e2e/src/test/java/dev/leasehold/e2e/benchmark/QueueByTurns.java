package dev.leasehold.e2e.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How many keys the queues add, take and end in a second, by turns in one JVM: a machine that is
 * faster at one moment than at another is so for all of them. JMH's forks, which come one after the
 * other, can't offer that.
 *
 * <p>Prints a line for each number of threads and queue, its fields between tabs: the case, the
 * queue, millions a second at the median, the least and the most of the rounds, and the median as a
 * part of client-java's.
 */
public final class QueueByTurns {

  /** The one that the others are compared with comes last. */
  private static final List<String> QUEUES =
      List.of("leasehold", "client-java-gated", "client-java");

  private static final int[] WORKERS = {4, 16};
  private static final int PRODUCERS = 4;
  private static final int KEYS = 100_000;
  private static final int FEW_KEYS = 1024;
  private static final int WARM_UPS = 4;
  private static final int ROUNDS = 9;
  private static final long ROUND_NANOS = 500_000_000;

  private QueueByTurns() {}

  /** Runs a batch of keys through a queue, again and again. */
  private interface Batch {

    /** Returns how many keys that were. */
    int run() throws Exception;
  }

  /**
   * One queue of several that take turns.
   *
   * @param queue its name
   * @param batch what it does
   * @param millions what it did in each round, in millions of keys a second
   */
  private record Contestant(String queue, Batch batch, List<Double> millions) {

    Contestant(String queue, Batch batch) {
      this(queue, batch, new ArrayList<>());
    }

    double[] sorted() {
      return millions.stream().mapToDouble(value -> value).sorted().toArray();
    }

    double median() {
      return sorted()[ROUNDS / 2];
    }
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    measure(
        "1 thread",
        QUEUES.stream()
            .map(queue -> new Contestant(queue, oneThread(Contender.of(queue))))
            .toList());
    for (int workers : WORKERS) {
      manyThreads(workers);
    }
  }

  private static Batch oneThread(Contender queue) {
    String[] keys = Keys.of(FEW_KEYS);
    return () -> {
      for (String key : keys) {
        queue.add(key);
        var unused = queue.runNext();
      }
      return keys.length;
    };
  }

  private static void manyThreads(int workers) throws Exception {
    String[] keys = Keys.of(KEYS);
    List<Crowd> crowds = new ArrayList<>();
    List<Contestant> contestants = new ArrayList<>();
    for (String queue : QUEUES) {
      Crowd crowd = new Crowd(Contender.of(queue), keys, PRODUCERS, workers);
      crowd.start();
      crowds.add(crowd);
      contestants.add(
          new Contestant(
              queue,
              () -> {
                crowd.runAll();
                return KEYS;
              }));
    }
    measure("%d producers, %d workers".formatted(PRODUCERS, workers), contestants);
    for (Crowd crowd : crowds) {
      crowd.stop();
    }
  }

  private static void measure(String what, List<Contestant> contestants) throws Exception {
    List<Contestant> order = new ArrayList<>(contestants);
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      // Who comes first meets what the round before has left.
      Collections.rotate(order, 1);
      for (Contestant contestant : order) {
        double perSecond = perSecond(contestant.batch());
        if (round >= 0) {
          contestant.millions().add(perSecond / 1e6);
        }
      }
    }
    double theirs = contestants.get(contestants.size() - 1).median();
    for (Contestant contestant : contestants) {
      double[] sorted = contestant.sorted();
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s\t%s\t%.1f\t%.1f\t%.1f\t%.2f",
              what,
              contestant.queue(),
              contestant.median(),
              sorted[0],
              sorted[ROUNDS - 1],
              contestant.median() / theirs));
    }
  }

  private static double perSecond(Batch batch) throws Exception {
    long begun = System.nanoTime();
    long keys = 0;
    long nanos;
    do {
      keys += batch.run();
      nanos = System.nanoTime() - begun;
    } while (nanos < ROUND_NANOS);
    return keys * 1e9 / nanos;
  }
}
