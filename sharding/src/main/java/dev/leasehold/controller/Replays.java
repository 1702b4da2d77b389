package dev.leasehold.controller;

import com.google.common.collect.Iterators;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues the cached keys of buckets, for promotions and resyncs.
 *
 * <p>It goes in slices of {@value #SLICE} keys, about a tenth of a millisecond each: buckets that
 * are being promoted take turns, and resyncs wait while there is a promotion. So the first key of a
 * bucket that is promoted waits for one slice and one more of each bucket that is promoted at the
 * same time, however many keys all of them have.
 *
 * <p>Thread-safe. Each slice is a task of its own, so other tasks of the same thread come between.
 */
final class Replays {

  /** How many keys are enqueued before others have a turn. */
  static final int SLICE = 256;

  private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final String controller;
  private final IntFunction<Iterator<ResourceKey>> keysOf;
  private final BiPredicate<Integer, Iterator<ResourceKey>> queue;
  private final BiConsumer<Duration, Runnable> tasks;
  private final LongSupplier clock;
  private final Tally tally;

  /** By bucket, in the order of their turns. Guarded by this. */
  private final Map<Integer, Replay> promotions = new LinkedHashMap<>();

  /** By bucket, in the order of their turns. Guarded by this. */
  private final Map<Integer, Replay> resyncs = new LinkedHashMap<>();

  /** Whether a task for the next slice is on its way. Guarded by this. */
  private boolean going;

  /** The one whose slice is being enqueued, unless it is out of date. Guarded by this. */
  private @Nullable Replay current;

  /** The keys of one bucket that are still to be enqueued. Used by one task at a time. */
  private final class Replay {

    final int bucket;
    final boolean isPromotion;
    final long beganNanos = clock.getAsLong();
    final AtomicLong keys = new AtomicLong();
    private @Nullable Iterator<ResourceKey> rest;

    Replay(int bucket, boolean isPromotion) {
      this.bucket = bucket;
      this.isPromotion = isPromotion;
    }

    /** Enqueues the next few; whether there are more. */
    boolean slice() {
      if (rest == null) {
        rest = keysOf.apply(bucket);
      }
      Iterator<ResourceKey> all = rest;
      Iterator<ResourceKey> some = Iterators.limit(all, SLICE);
      // Ends early if the bucket has been closed, since then no key of it is accepted.
      return queue.test(
              bucket,
              Iterators.transform(
                  some,
                  key -> {
                    keys.incrementAndGet();
                    return key;
                  }))
          && all.hasNext();
    }
  }

  /**
   * Nothing to enqueue yet.
   *
   * @param controller its name
   * @param keysOf the cached keys of a bucket; an iterator that may be used for long, while keys
   *     come and go
   * @param queue takes keys of a bucket; false once it doesn't accept them
   * @param tasks run one after the other, after the given time and never on the calling thread
   * @param clock monotonic nanoseconds
   * @param tally hears how long promotions took
   */
  Replays(
      String controller,
      IntFunction<Iterator<ResourceKey>> keysOf,
      BiPredicate<Integer, Iterator<ResourceKey>> queue,
      BiConsumer<Duration, Runnable> tasks,
      LongSupplier clock,
      Tally tally) {
    this.controller = controller;
    this.keysOf = keysOf;
    this.queue = queue;
    this.tasks = tasks;
    this.clock = clock;
    this.tally = tally;
  }

  /** Enqueues all cached keys of a bucket that has just been opened. */
  synchronized void promote(int bucket) {
    promotions.remove(bucket);
    resyncs.remove(bucket);
    if (isCurrent(bucket)) {
      current = null;
    }
    add(new Replay(bucket, true));
  }

  /** Enqueues all cached keys of some buckets, unless that is under way already. */
  synchronized void resync(Collection<Integer> buckets) {
    for (int bucket : buckets) {
      if (!isUnderWay(bucket)) {
        add(new Replay(bucket, false));
      }
    }
  }

  /** Whether keys of a bucket that was opened are still to be enqueued. */
  synchronized boolean isPromoting() {
    return !promotions.isEmpty() || (current != null && current.isPromotion);
  }

  private boolean isUnderWay(int bucket) {
    return isCurrent(bucket) || promotions.containsKey(bucket) || resyncs.containsKey(bucket);
  }

  private boolean isCurrent(int bucket) {
    return current != null && current.bucket == bucket;
  }

  /** Gives it the last turn. */
  private void add(Replay replay) {
    (replay.isPromotion ? promotions : resyncs).put(replay.bucket, replay);
    go();
  }

  private void go() {
    if (!going && !(promotions.isEmpty() && resyncs.isEmpty())) {
      going = true;
      tasks.accept(Duration.ZERO, this::next);
    }
  }

  private void next() {
    Replay replay = begin();
    if (replay == null) {
      return;
    }
    boolean more = false;
    try {
      more = replay.slice();
      if (!more && replay.isPromotion) {
        tally.replayed(clock.getAsLong() - replay.beganNanos, replay.keys.get());
      }
    } catch (RuntimeException | Error e) {
      tasks.accept(AGAIN, () -> again(replay));
      LOG.error("Controller {} will replay bucket {} again.", controller, replay.bucket, e);
    } finally {
      end(replay, more);
    }
  }

  private synchronized @Nullable Replay begin() {
    Iterator<Replay> turns = (promotions.isEmpty() ? resyncs : promotions).values().iterator();
    going = turns.hasNext();
    if (!going) {
      return null;
    }
    Replay first = turns.next();
    turns.remove();
    current = first;
    return first;
  }

  private synchronized void end(Replay replay, boolean more) {
    // Unless another one of the same bucket has begun meanwhile.
    boolean goesOn = more && current == replay;
    current = null;
    going = false;
    if (goesOn) {
      add(replay);
    }
    go();
  }

  /** From the beginning, unless another replay of the bucket has begun meanwhile. */
  private synchronized void again(Replay failed) {
    if (!isUnderWay(failed.bucket)) {
      add(new Replay(failed.bucket, failed.isPromotion));
    }
  }
}
