package dev.leasehold.controller;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds an observer: a queue of one bucket that is always open, and one worker.
 *
 * <p>Thread-safe.
 */
final class Observation<R extends HasMetadata> {

  private static final Logger LOG = LoggerFactory.getLogger(Observation.class);

  private final String controller;
  private final Observer<R> observer;
  private final BucketCache<R> cache;
  private final Tally tally;
  private final Clocks clocks;
  private final WorkQueue<ResourceKey> queue;
  private final RunningThreads calls = new RunningThreads();
  private final Watchdog watchdog;
  private final Workers workers;

  Observation(
      Controller<R> controller,
      Observer<R> observer,
      BucketCache<R> cache,
      Clocks clocks,
      Tally tally) {
    this.controller = controller.name();
    this.observer = observer;
    this.cache = cache;
    this.tally = tally;
    this.clocks = clocks;
    this.watchdog = Watchdog.ofObservers(controller, calls, clocks, tally);
    this.queue =
        new WorkQueue<>(
            key -> 0,
            clocks,
            controller.retryPolicy().backoff(new SplittableRandom()),
            controller.retryPolicy().rateLimit());
    this.queue.open(new Bucket(this.controller, 0, 1), new Always());
    String prefix = "leasehold-%s-observer-".formatted(this.controller);
    this.workers =
        new Workers(this.controller, 1, WorkerThreads.platform(prefix), queue, this::observe);
  }

  void changed(ResourceKey key) {
    queue.add(key, Lane.LIVE);
  }

  /** What notices that the observer takes too long. */
  Watchdog watchdog() {
    return watchdog;
  }

  /** Begins to call the observer. */
  void start() {
    workers.start();
  }

  void close() {
    queue.shutDown();
  }

  private void observe(Work<ResourceKey> work) {
    boolean done = false;
    try {
      calls.begin(work.key(), clocks.nanos());
      observer.observe(work.key(), cache.get(work.key()));
      done = true;
    } catch (Throwable cause) {
      tally.count(Occurrence.OBSERVER_FAILED);
      LOG.warn(
          "The observer of controller {} failed for {}, attempt {}; it will be called again.",
          controller,
          work.key(),
          work.attempt(),
          cause);
    } finally {
      calls.leave();
      if (done) {
        tally.count(Occurrence.OBSERVED);
        queue.done(work);
      } else {
        queue.failed(work);
      }
    }
  }

  /** Observing needs no leadership. */
  private static final class Always implements TermView {

    @Override
    public String identity() {
      return "";
    }

    @Override
    public long epoch() {
      return 0;
    }

    @Override
    public boolean isValid() {
      return true;
    }

    @Override
    public Duration remaining() {
      return Duration.ofDays(36_500);
    }
  }
}
