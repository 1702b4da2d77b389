package dev.leasehold.e2e.benchmark;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import io.kubernetes.client.extended.workqueue.DefaultRateLimitingQueue;
import io.kubernetes.client.extended.workqueue.ratelimiter.ItemExponentialFailureRateLimiter;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A queue that tries failed keys again after a millisecond, without a limit for all of them, and
 * that adds keys after a delay. For one worker.
 */
interface RetryContender extends AutoCloseable {

  /** How long a key that has failed waits. */
  Duration RETRY = Duration.ofMillis(1);

  void add(String key);

  void addAfter(String key, Duration delay);

  /** Waits for the next key and fails or ends its run. */
  String runNext(Predicate<String> fails) throws InterruptedException;

  @Override
  void close();

  /** One by its name. */
  static RetryContender of(String name) {
    return switch (name) {
      case "leasehold" -> new Leasehold();
      case "client-java" -> new ClientJava();
      default -> throw new IllegalArgumentException("No queue is called " + name + ".");
    };
  }

  /** Ours. */
  final class Leasehold implements RetryContender {

    private static final double NO_LIMIT = 1e9;
    private static final int NO_BURST = 1_000_000;

    private final WorkQueue<String> queue =
        new WorkQueue<>(
            key -> 0,
            Clocks.system(),
            new Backoff(RETRY, RETRY, 0, new SplittableRandom()),
            new RateLimit(NO_LIMIT, NO_BURST));

    Leasehold() {
      queue.open(new Bucket("benchmark", 0, 1), new ClockedTerm(Clocks.system()));
    }

    @Override
    public void add(String key) {
      queue.add(key, Lane.LIVE);
    }

    @Override
    public void addAfter(String key, Duration delay) {
      queue.addAfter(key, Lane.LIVE, delay);
    }

    @Override
    public String runNext(Predicate<String> fails) throws InterruptedException {
      Work<String> work = queue.take();
      if (work == null) {
        throw new InterruptedException("The queue has ended.");
      }
      if (fails.test(work.key())) {
        queue.failed(work);
      } else {
        queue.done(work);
      }
      return work.key();
    }

    @Override
    public void close() {
      queue.shutDown();
    }
  }

  /** The official Java client's, as its controllers use it. */
  final class ClientJava implements RetryContender {

    private final ExecutorService waiting = Executors.newSingleThreadExecutor();
    private final DefaultRateLimitingQueue<String> queue =
        new DefaultRateLimitingQueue<>(
            waiting, new ItemExponentialFailureRateLimiter<>(RETRY, RETRY));

    @Override
    public void add(String key) {
      queue.add(key);
    }

    @Override
    public void addAfter(String key, Duration delay) {
      queue.addAfter(key, delay);
    }

    @Override
    public String runNext(Predicate<String> fails) throws InterruptedException {
      String key = queue.get();
      if (key == null) {
        throw new InterruptedException("The queue has ended.");
      }
      if (fails.test(key)) {
        queue.addRateLimited(key);
      } else {
        queue.forget(key);
      }
      queue.done(key);
      return key;
    }

    @Override
    public void close() {
      queue.shutDown();
      waiting.shutdownNow();
    }
  }
}
