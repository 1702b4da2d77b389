package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one controller: the queues of its open buckets behind one lock and one clock.
 *
 * <p>Keys of buckets that aren't open are dropped at the door. What is taken is decided by {@link
 * OpenBuckets}; this class adds the lock, the time, and for threads the waiting: {@link #take}
 * blocks, while {@link #poll} with {@link #untilNext} serves a caller that has its own idea of
 * waiting, such as a simulation.
 *
 * <p>Thread-safe. Listeners are called outside of the lock. Permits are asked under it, so they
 * must not call back.
 *
 * @param <K> what the keys are: immutable, with equals and hashCode
 */
public final class WorkQueue<K> {

  private final ToIntFunction<? super K> bucketOf;
  private final Clocks clocks;
  private final ReentrantLock lock = new ReentrantLock();
  private final Waiters waiters = new Waiters(lock);

  // Guarded by lock.
  private final OpenBuckets<K> buckets;

  // Guarded by lock.
  private boolean shutDown;

  /**
   * A queue without open buckets.
   *
   * @param bucketOf the index of a key's bucket; pure, thread-safe and quick
   * @param clocks the time by which delays are measured
   * @param backoff how long failed keys wait
   * @param retries how many failed keys may come back in a time, over all buckets; not shared
   */
  public WorkQueue(
      ToIntFunction<? super K> bucketOf, Clocks clocks, Backoff backoff, RateLimit retries) {
    this.bucketOf = bucketOf;
    this.clocks = clocks;
    this.buckets = new OpenBuckets<>(backoff, retries);
  }

  /**
   * Accepts keys of the bucket from now on and dispatches them for as long as the term stands.
   *
   * @return the permit under which its keys run
   * @throws IllegalStateException if the bucket is open, or closed and not stopped
   */
  public Permit open(Bucket bucket, TermView term) {
    lock.lock();
    try {
      return buckets.open(bucket, term);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Drops what the bucket has waiting and accepts no more of its keys. Runs that have begun go on
   * under their permit.
   *
   * @param stopped told once that none of its keys runs: at once on this thread if that is so, else
   *     on the thread that ends the last run
   * @throws IllegalStateException if the bucket isn't open
   */
  public void close(Bucket bucket, Consumer<Bucket> stopped) {
    Runnable tell;
    lock.lock();
    try {
      tell = buckets.close(bucket, () -> stopped.accept(bucket));
    } finally {
      lock.unlock();
    }
    if (tell != null) {
      tell.run();
    }
  }

  /**
   * Asks for a run of the key that starts after this call.
   *
   * @return whether its bucket is open; if not, the key has been dropped
   */
  public boolean add(K key, Lane lane) {
    int bucket = bucketOf.applyAsInt(key);
    lock.lock();
    try {
      boolean accepted = buckets.add(bucket, key, lane);
      wake();
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks for a run of the key that starts after this call, and after the delay unless another add
   * of the key calls for one earlier: the next run of a key fulfils all that was asked before it
   * started, and its result says when the key is due again. Of several delays the shortest counts.
   *
   * @param delay counted from now; none if it is negative, at most 100 years
   * @return whether its bucket is open; if not, the key has been dropped
   */
  public boolean addAfter(K key, Lane lane, Duration delay) {
    int bucket = bucketOf.applyAsInt(key);
    long nanos = Delays.nanos(delay);
    lock.lock();
    try {
      boolean accepted = buckets.addAt(bucket, key, lane, nanoTime() + nanos);
      wake();
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  /** The index of a key's bucket. */
  public int bucketOf(K key) {
    return bucketOf.applyAsInt(key);
  }

  /** Counts the key's failures from zero again. */
  public void forget(K key) {
    int bucket = bucketOf.applyAsInt(key);
    lock.lock();
    try {
      buckets.forget(bucket, key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next key to run, if there is one now; never waits.
   *
   * @return work whose permit was valid at the moment of taking it, or null
   */
  public @Nullable Work<K> poll() {
    lock.lock();
    try {
      return shutDown ? null : buckets.poll(nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /**
   * For how long {@link #poll} will have nothing if nothing is added: zero if it may have something
   * now, null if only an add can change that.
   */
  public @Nullable Duration untilNext() {
    lock.lock();
    try {
      long nanos = buckets.nanosToNext(nanoTime());
      return nanos == Long.MAX_VALUE ? null : Duration.ofNanos(nanos);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next key to run; waits for one.
   *
   * @return work whose permit was valid at the moment of taking it, or null once the queue has been
   *     shut down
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public @Nullable Work<K> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!shutDown) {
        long now = nanoTime();
        Work<K> work = buckets.poll(now);
        if (work != null) {
          return work;
        }
        waiters.awaitOnce(now, buckets.nanosToNext(now));
      }
      return null;
    } finally {
      // Also when interrupted: a signal that this thread has used up goes on to another.
      wake();
      lock.unlock();
    }
  }

  /** Tells that the run has succeeded; the key's failures are forgotten. */
  public void done(Work<K> work) {
    settle(work, () -> buckets.done(work));
  }

  /**
   * Tells that the run has succeeded and that the key is due again after a time.
   *
   * @param delay counted from now; none if it is negative, at most 100 years
   */
  public void doneUntil(Work<K> work, Duration delay) {
    settle(work, () -> buckets.doneUntil(work, nanoTime() + Delays.nanos(delay)));
  }

  /** Tells that the run has failed; the key comes back after its backoff and the rate limit. */
  public void failed(Work<K> work) {
    settle(work, () -> buckets.failed(work, nanoTime()));
  }

  /** Tells that the run has not even begun; the key waits again in its lane. */
  public void putBack(Work<K> work) {
    settle(work, () -> buckets.putBack(work));
  }

  /** Makes {@link #take} return null to all, now and later. Buckets can still be closed. */
  public void shutDown() {
    lock.lock();
    try {
      shutDown = true;
      waiters.wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** What each bucket has to do that is open, or closed and not stopped; ordered by index. */
  public List<BucketCounts> counts() {
    List<BucketCounts> counts;
    lock.lock();
    try {
      counts = buckets.counts();
    } finally {
      lock.unlock();
    }
    counts.sort(Comparator.comparing(BucketCounts::bucket));
    return counts;
  }

  private void settle(Work<K> work, Runnable how) {
    Runnable tell;
    lock.lock();
    try {
      how.run();
      wake();
      tell = buckets.stoppedBy(work.queue);
    } finally {
      lock.unlock();
    }
    if (tell != null) {
      tell.run();
    }
  }

  /** Called with the lock held after whatever may have brought work or an earlier time. */
  private void wake() {
    if (waiters.isEmpty() || shutDown) {
      return;
    }
    if (buckets.hasReady()) {
      waiters.wake();
      return;
    }
    long now = nanoTime();
    long nanos = buckets.nanosToNext(now);
    if (nanos != Long.MAX_VALUE) {
      waiters.wakeAt(now + nanos);
    }
  }

  private long nanoTime() {
    return clocks.now().nanos();
  }
}
