package dev.leasehold.e2e.sidebyside;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A steady stream of changes to objects, one after the other. Each change is planned for a time,
 * which it has in it: what waits for it counts from there, so a writer that is late, since the one
 * before took long, makes no figure better.
 */
final class Changes {

  private static final int WRITERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int objects;
  private final long everyNanos;
  private final Map<Long, Write> writes = new ConcurrentHashMap<>();
  private final AtomicReference<KubernetesClientException> failure = new AtomicReference<>();

  /**
   * One change.
   *
   * @param object its number
   * @param took from its sending to the API server's answer
   * @param answered when that came
   */
  record Write(int object, long took, long answered) {}

  /** So many a second to so many objects. */
  Changes(int perSecond, int objects) {
    this.objects = objects;
    this.everyNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /**
   * Makes them, and waits for all answers.
   *
   * @return which times count
   */
  Window make(Operators operators, Duration warmUp, Duration window) throws InterruptedException {
    long begun = System.nanoTime();
    ScheduledExecutorService writers = Executors.newScheduledThreadPool(WRITERS);
    for (int i = 0; i < WRITERS; i++) {
      var unused =
          writers.scheduleAtFixedRate(
              new Writer(operators, begun, i),
              everyNanos * i,
              everyNanos * WRITERS,
              TimeUnit.NANOSECONDS);
    }
    Stage.pause(warmUp.plus(window));
    writers.shutdown();
    if (!writers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("A change has no answer.");
    }
    long from = begun + warmUp.toNanos();
    return new Window(from, from + window.toNanos());
  }

  /** The first change that was refused, if any was. */
  Optional<KubernetesClientException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** What came of those that were planned for a window. */
  Outcome outcome(Window window, List<Line> runs) {
    return Outcome.of(window, everyNanos, writes, runs);
  }

  /**
   * A time, on the machine's monotonic clock.
   *
   * @param from its first nanosecond
   * @param until the first one after it
   */
  record Window(long from, long until) {

    boolean contains(long nanos) {
      return nanos >= from && nanos < until;
    }

    double seconds() {
      return (until - from) / 1e9;
    }
  }

  /**
   * What came of them.
   *
   * @param waits from the planned time of each change to the start of the first reconcile that had
   *     it
   * @param writes from the sending of each to its answer
   * @param reached how many were answered a second
   * @param unseen how many no reconcile has had, since they were never sent or the next came first
   */
  record Outcome(List<Long> waits, List<Long> writes, double reached, int unseen) {

    static Outcome of(Window window, long everyNanos, Map<Long, Write> writes, List<Line> runs) {
      Map<String, Long> first = new HashMap<>();
      for (Line run : runs) {
        first.merge(run.subject() + " " + run.more(), run.nanos(), Math::min);
      }
      List<Map.Entry<Long, Write>> sent =
          writes.entrySet().stream().filter(each -> window.contains(each.getKey())).toList();
      List<Long> waits =
          sent.stream()
              .filter(each -> first.containsKey(line(each)))
              .map(each -> first.getOrDefault(line(each), 0L) - each.getKey())
              .toList();
      long answered =
          writes.values().stream().filter(each -> window.contains(each.answered())).count();
      int planned = Math.toIntExact((window.until() - window.from()) / everyNanos);
      return new Outcome(
          waits,
          sent.stream().map(each -> each.getValue().took()).toList(),
          answered / window.seconds(),
          Math.max(0, planned - waits.size()));
    }

    private static String line(Map.Entry<Long, Write> change) {
      return Operators.object(change.getValue().object()) + " " + change.getKey();
    }
  }

  /** One of several that take turns. */
  private final class Writer implements Runnable {

    private final Operators operators;
    private final long begun;
    private int next;

    Writer(Operators operators, long begun, int first) {
      this.operators = operators;
      this.begun = begun;
      this.next = first;
    }

    @Override
    public void run() {
      long planned = begun + next * everyNanos;
      int object = next % objects;
      next += WRITERS;
      long sent = System.nanoTime();
      try {
        operators.change(object, planned);
        long answered = System.nanoTime();
        writes.put(planned, new Write(object, answered - sent, answered));
      } catch (KubernetesClientException refused) {
        // Thrown on, it would end this writer without a word.
        failure.compareAndSet(null, refused);
      }
    }
  }
}
