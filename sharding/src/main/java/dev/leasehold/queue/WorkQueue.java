package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one controller: the queues of its open buckets under one clock.
 *
 * <p>Keys of buckets that aren't open are dropped at the door. What is taken is decided by {@link
 * OpenBuckets}; this class adds the time, and for threads the waiting: {@link #take} blocks, while
 * {@link #poll} with {@link #untilNext} serves a caller that has its own idea of waiting, such as a
 * simulation.
 *
 * <p>Thread-safe. Permits and listeners are called under no lock.
 *
 * @param <K> what the keys are: immutable, with equals and hashCode
 */
public final class WorkQueue<K> {

  private final ToIntFunction<? super K> bucketOf;
  private final Clocks clocks;
  private final Backoff backoff;
  private final OpenBuckets<K> buckets;
  private final Waiters waiters;

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
    this(bucketOf, clocks, backoff, retries, () -> 0);
  }

  /**
   * The same, where each key that comes to wait is given the time, so that whoever takes it can see
   * for how long it did. That is one more look at a clock for each.
   */
  public static <K> WorkQueue<K> timed(
      ToIntFunction<? super K> bucketOf, Clocks clocks, Backoff backoff, RateLimit retries) {
    return new WorkQueue<>(bucketOf, clocks, backoff, retries, clocks::nanos);
  }

  private WorkQueue(
      ToIntFunction<? super K> bucketOf,
      Clocks clocks,
      Backoff backoff,
      RateLimit retries,
      LongSupplier stamp) {
    this.bucketOf = bucketOf;
    this.clocks = clocks;
    this.backoff = backoff;
    this.buckets = new OpenBuckets<>(retries, stamp);
    this.waiters = new Waiters(this::nanoTime, this::nanosToNext);
  }

  /**
   * Accepts keys of the bucket from now on and dispatches them for as long as the term stands.
   *
   * @return the permit under which its keys run
   * @throws IllegalStateException if the bucket is open, or closed and not stopped
   */
  public Permit open(Bucket bucket, TermView term) {
    Permit permit = buckets.open(bucket, term);
    if (permit == null) {
      throw new IllegalStateException(
          "Bucket %s can't be opened: it is open or has not stopped yet.".formatted(bucket));
    }
    return permit;
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
    if (!buckets.close(bucket, stopped)) {
      throw new IllegalStateException("Bucket %s isn't open.".formatted(bucket));
    }
  }

  /**
   * Asks for a run of the key that starts after this call.
   *
   * @return whether its bucket is open; if not, the key has been dropped
   */
  public boolean add(K key, Lane lane) {
    SharedBucket<K> bucket = buckets.find(bucketOf.applyAsInt(key));
    boolean accepted = bucket != null && bucket.add(key, lane);
    wake();
    return accepted;
  }

  /**
   * Asks for a run of each of many keys of one bucket, as {@link #add} does for one, and stops once
   * the bucket is closed. Workers begin with the first keys while the last are still to come.
   *
   * @param bucket the index of the bucket
   * @param keys each of them of that bucket, which is not looked up again
   * @return whether all keys have been accepted
   */
  public boolean addAll(int bucket, Iterator<? extends K> keys, Lane lane) {
    SharedBucket<K> open = buckets.find(bucket);
    if (open == null) {
      return false;
    }
    boolean accepted = true;
    while (accepted && keys.hasNext()) {
      accepted = open.addSome(keys, lane);
      wake();
    }
    return accepted;
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
    SharedBucket<K> bucket = buckets.find(bucketOf.applyAsInt(key));
    boolean accepted = bucket != null && bucket.addAt(key, lane, nanoTime() + Delays.nanos(delay));
    wake();
    return accepted;
  }

  /** The index of a key's bucket. */
  public int bucketOf(K key) {
    return bucketOf.applyAsInt(key);
  }

  /** Counts the key's failures from zero again. */
  public void forget(K key) {
    SharedBucket<K> bucket = buckets.find(bucketOf.applyAsInt(key));
    if (bucket != null) {
      bucket.forget(key);
    }
  }

  /**
   * The next key to run, if there is one now; never waits.
   *
   * @return work whose permit stood by the monotonic clock at the moment of taking it, or null;
   *     whoever begins the run asks {@link Permit#isValid()}, which finds out a machine that was
   *     suspended, too
   */
  public @Nullable Work<K> poll() {
    long now = nanoTime();
    if (buckets.hasTimes()) {
      buckets.advance(now);
      // That may have taken a while.
      now = nanoTime();
    }
    return buckets.poll(now);
  }

  /**
   * For how long {@link #poll} will have nothing if nothing is added: zero if it may have something
   * now, null if only an add can change that.
   */
  public @Nullable Duration untilNext() {
    long nanos = buckets.nanosToNext(nanoTime());
    return nanos == Long.MAX_VALUE ? null : Duration.ofNanos(nanos);
  }

  /**
   * The next key to run; waits for one.
   *
   * @return what {@link #poll} would, but null only once the queue has been shut down
   * @throws InterruptedException if the thread has been interrupted or is while it waits; nothing
   *     has been taken then
   */
  public @Nullable Work<K> take() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      while (!buckets.isShutDown()) {
        Work<K> work = poll();
        if (work != null) {
          return work;
        }
        waiters.awaitOnce();
      }
      return null;
    } finally {
      // Also when interrupted: a signal that this thread has used up goes on to another.
      wake();
    }
  }

  /** Tells that the run has succeeded; the key's failures are forgotten. */
  public void done(Work<K> work) {
    work.from.done(work);
    wake();
  }

  /**
   * Tells that the run has succeeded and that the key is due again after a time.
   *
   * @param delay counted from now; none if it is negative, at most 100 years
   */
  public void doneUntil(Work<K> work, Duration delay) {
    work.from.doneUntil(work, nanoTime() + Delays.nanos(delay));
    wake();
  }

  /** Tells that the run has failed; the key comes back after its backoff and the rate limit. */
  public void failed(Work<K> work) {
    work.from.failed(work, nanoTime(), backoff);
    wake();
  }

  /** Tells that the run has not even begun; the key waits again in its lane. */
  public void putBack(Work<K> work) {
    work.from.putBack(work);
    wake();
  }

  /** Shuts down without asking to hear when the last run has ended. */
  public void shutDown() {
    shutDown(() -> {});
  }

  /**
   * Drops all that waits, accepts no more keys and makes {@link #take} return null to all, now and
   * later. Runs that have begun go on under their permits, and their ends are still to be told.
   * Buckets can still be closed.
   *
   * @param drained told once that no key runs: at once on this thread if that is so, else on the
   *     thread that ends the last run
   */
  public void shutDown(Runnable drained) {
    buckets.shutDown(drained);
    waiters.wakeAll();
  }

  /** What each bucket has to do that is open, or closed and not stopped; ordered by index. */
  public List<BucketCounts> counts() {
    return buckets.all().stream().map(SharedBucket::counts).toList();
  }

  /** What all open buckets have to do, and what the queue ever had. */
  public QueueFigures figures() {
    return buckets.figures();
  }

  /** Called after whatever may have brought work or an earlier time. */
  private void wake() {
    if (!waiters.needNoWaking() && (buckets.hasReady() || !isWatched())) {
      waiters.wake();
    }
  }

  /** Whether somebody waits who looks in time for all that waits for a time. */
  private boolean isWatched() {
    return !buckets.hasTimes() || (!buckets.hasRetries() && waiters.watchUntil(buckets.firstDue()));
  }

  /** For those who wait: the end of the queue is something to see, too. */
  private long nanosToNext(long now) {
    return buckets.isShutDown() ? 0 : buckets.nanosToNext(now);
  }

  private long nanoTime() {
    return clocks.nanos();
  }
}
