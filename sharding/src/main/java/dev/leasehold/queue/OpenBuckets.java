package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which buckets are open, and which key of which bucket is next at a given time.
 *
 * <p>It reads no clock and waits for nothing but the buckets' short locks, and whoever opens a
 * bucket for whoever opens another. Thread-safe.
 */
final class OpenBuckets<K> {

  /** Bounds the time that one call spends on keys that all come due together. */
  private static final int MOVED_AT_ONCE = 1000;

  /** So many buckets that others are busy with are passed over before one is waited for. */
  private static final int POLITE_TRIES = 4;

  /** Open buckets, and closed ones that still have running keys, by index. */
  private final AtomicReferenceArray<@Nullable SharedBucket<K>> buckets =
      new AtomicReferenceArray<>(Bucket.MAX_COUNT);

  private final ReadyBuckets ready = new ReadyBuckets();
  private final Timetable<K> timetable;

  private final Turns turns = new Turns(ready);

  private final LongSupplier stamp;

  /** What closed buckets had been given until they stopped. */
  private final AtomicLong addedBefore = new AtomicLong();

  /** The most that was ever told to have been added. */
  private final AtomicLong addedTold = new AtomicLong();

  private final AtomicLong refused = new AtomicLong();

  /** Written under the monitor of this, under which buckets are opened. */
  private volatile boolean shutDown;

  /** What is to be done once a closed bucket has stopped. */
  private record Stopping<K>(OpenBuckets<K> all, SharedBucket<K> closed, Consumer<Bucket> listener)
      implements Runnable {

    @Override
    public void run() {
      Bucket bucket = closed.permit.bucket();
      // Unless it has been opened again already.
      all.buckets.compareAndSet(bucket.index(), closed, null);
      all.addedBefore.addAndGet(closed.figures().added());
      listener.accept(bucket);
    }
  }

  OpenBuckets(RateLimit retries, LongSupplier stamp) {
    this.stamp = stamp;
    this.timetable = new Timetable<>(retries);
  }

  /** Returns the permit of the bucket, or nothing if it is open or has not stopped yet. */
  @Nullable synchronized Permit open(Bucket bucket, TermView term) {
    SharedBucket<K> opened = new SharedBucket<>(new Permit(bucket, term), ready, timetable, stamp);
    if (shutDown) {
      // Before anybody finds it: it accepts no key, not even for a moment.
      opened.drop();
    }
    ready.include(bucket.index());
    SharedBucket<K> before;
    do {
      before = find(bucket.index());
      if (before != null && !before.isStopped()) {
        return null;
      }
    } while (!buckets.compareAndSet(bucket.index(), before, opened));
    return opened.permit;
  }

  /** Drops the bucket, and tells once none of its keys runs; returns whether it was open. */
  boolean close(Bucket bucket, Consumer<Bucket> stopped) {
    SharedBucket<K> closed = find(bucket.index());
    return closed != null && closed.close(new Stopping<>(this, closed, stopped));
  }

  /** Drops all buckets, and all that are opened later; tells once none of their keys runs. */
  void shutDown(Runnable drained) {
    synchronized (this) {
      // Buckets that were being opened are among those dropped here, and later ones come dropped.
      shutDown = true;
    }
    AtomicInteger busy = new AtomicInteger(1);
    Runnable oneLess =
        () -> {
          if (busy.decrementAndGet() == 0) {
            drained.run();
          }
        };
    for (SharedBucket<K> bucket : all()) {
      busy.incrementAndGet();
      bucket.drop();
      bucket.onceIdle(oneLess);
    }
    oneLess.run();
  }

  boolean isShutDown() {
    return shutDown;
  }

  /** The bucket of an index if it is open, or closed and not stopped. */
  @Nullable SharedBucket<K> find(int index) {
    return index >= 0 && index < Bucket.MAX_COUNT ? buckets.get(index) : null;
  }

  /** All buckets that are open, or closed and not stopped; ordered by index. */
  List<SharedBucket<K>> all() {
    List<SharedBucket<K>> all = new ArrayList<>();
    for (int index = 0; index < Bucket.MAX_COUNT; index++) {
      SharedBucket<K> bucket = buckets.get(index);
      if (bucket != null) {
        all.add(bucket);
      }
    }
    return all;
  }

  /** What all buckets have to do, and ever had. */
  QueueFigures figures() {
    // Before the buckets are asked: one that stops in between is left out for a moment rather than
    // counted twice.
    long before = addedBefore.get();
    QueueFigures sum =
        all().stream().map(SharedBucket::figures).reduce(QueueFigures.NONE, QueueFigures::plus);
    long added = addedTold.accumulateAndGet(before + sum.added(), Math::max);
    return new QueueFigures(
        sum.live(),
        sum.background(),
        sum.throttled(),
        sum.delayed(),
        sum.running(),
        added,
        refused.get());
  }

  /** Whether anything waits for a time, so that {@link #advance} may have something to do. */
  boolean hasTimes() {
    return !timetable.isEmpty();
  }

  /** Whether retries are due that wait for a token. */
  boolean hasRetries() {
    return timetable.hasRetries();
  }

  /** When the earliest of the delayed keys is due; means nothing if none is delayed. */
  long firstDue() {
    return timetable.firstDue();
  }

  /** Makes ready what has come due. */
  void advance(long now) {
    int left = MOVED_AT_ONCE;
    SharedBucket<K> due = timetable.pollDue(now);
    while (due != null) {
      left -= due.advance(now, left);
      due = left > 0 ? timetable.pollDue(now) : null;
    }
    SharedBucket<K> retrying = timetable.pollRetry(now);
    while (retrying != null) {
      retrying.admitRetry();
      retrying = timetable.pollRetry(now);
    }
  }

  /**
   * The next key to run of those that are ready, or nothing if there is none.
   *
   * @param now what the monotonic clock has just shown
   */
  @Nullable Work<K> poll(long now) {
    Turns.Stay stay = turns.stay();
    if (stay.goesOn(now) && ready.contains(stay.bucket())) {
      Work<K> work = pollFrom(stay.bucket(), now, false);
      if (work != null) {
        return work;
      }
    }
    for (int tries = 0; ; tries++) {
      int next = turns.next();
      if (next < 0) {
        return null;
      }
      Work<K> work = pollFrom(next, now, tries >= POLITE_TRIES);
      if (work != null) {
        stay.begin(next, now);
        return work;
      }
    }
  }

  private @Nullable Work<K> pollFrom(int index, long now, boolean insisting) {
    SharedBucket<K> bucket = find(index);
    if (bucket == null) {
      return null;
    }
    if (bucket.permit.standsAt(now)) {
      return bucket.take(insisting);
    }
    // A lapsed permit stays lapsed, so these keys are another replica's from now on.
    refused.incrementAndGet();
    bucket.drop();
    return null;
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /**
   * How long {@link #poll} will have nothing if nothing is added: zero if it has something now, the
   * maximum if only an add can change that.
   */
  long nanosToNext(long now) {
    return hasReady() ? 0 : timetable.nanosToNext(now);
  }
}
