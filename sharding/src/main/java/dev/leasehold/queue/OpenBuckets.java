package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a {@link WorkQueue}: which buckets are open, and which key of which bucket is
 * next at a given time.
 *
 * <p>It reads no clock, waits for nothing and calls nobody but the permits. Not thread-safe;
 * guarded by the lock of its queue.
 */
final class OpenBuckets<K> {

  /** Bounds the time that one call spends on keys that all come due together. */
  private static final int MOVED_AT_ONCE = 1000;

  private final Backoff backoff;
  private final RateLimit retries;

  /** Open buckets, and closed ones that still have running keys, by index. */
  private final Map<Integer, BucketQueue<K>> buckets = new HashMap<>();

  /** Who waits to hear that a closed bucket has stopped; has a subset of the keys of the above. */
  private final Map<Integer, Runnable> closing = new HashMap<>();

  /** Exactly the buckets that have a key ready, in the order in which they take turns. */
  private final ArrayDeque<BucketQueue<K>> round = new ArrayDeque<>();

  /** Exactly the buckets that have a retry due which the rate limit holds back. */
  private final ArrayDeque<BucketQueue<K>> retryRound = new ArrayDeque<>();

  /** Exactly the buckets that have delayed keys, by the earliest of them. */
  private final DeadlineHeap<BucketQueue<K>> deadlines = new DeadlineHeap<>();

  OpenBuckets(Backoff backoff, RateLimit retries) {
    this.backoff = backoff;
    this.retries = retries;
  }

  Permit open(Bucket bucket, TermView term) {
    if (buckets.containsKey(bucket.index())) {
      throw new IllegalStateException(
          "Bucket %s can't be opened: it is open or has not stopped yet.".formatted(bucket));
    }
    Permit permit = new Permit(bucket, term);
    buckets.put(bucket.index(), new BucketQueue<>(permit));
    return permit;
  }

  /** Returns what to run now if the bucket has stopped by this. */
  @Nullable Runnable close(Bucket bucket, Runnable stopped) {
    BucketQueue<K> queue = buckets.get(bucket.index());
    if (queue == null || closing.containsKey(bucket.index())) {
      throw new IllegalStateException("Bucket %s isn't open.".formatted(bucket));
    }
    drop(queue);
    closing.put(bucket.index(), stopped);
    return stoppedBy(queue);
  }

  /** Whether the key is accepted, which it is if its bucket is open. */
  boolean add(int bucket, K key, Lane lane) {
    BucketQueue<K> queue = buckets.get(bucket);
    if (queue == null || queue.isDropped()) {
      return false;
    }
    queue.add(key, lane);
    place(queue);
    return true;
  }

  boolean addAt(int bucket, K key, Lane lane, long due) {
    BucketQueue<K> queue = buckets.get(bucket);
    if (queue == null || queue.isDropped()) {
      return false;
    }
    queue.addAt(key, lane, due);
    place(queue);
    return true;
  }

  void forget(int bucket, K key) {
    BucketQueue<K> queue = buckets.get(bucket);
    if (queue != null) {
      queue.forget(key);
    }
  }

  /** The next key to run at this time, or nothing if there is none. */
  @Nullable Work<K> poll(long now) {
    advance(now);
    while (true) {
      BucketQueue<K> queue = round.pollFirst();
      if (queue == null) {
        return null;
      }
      queue.inRound = false;
      if (!queue.permit.isValid()) {
        // A lapsed permit stays lapsed, so these keys are another replica's from now on.
        drop(queue);
        continue;
      }
      KeyEntry<K> entry = queue.take();
      place(queue);
      if (entry != null) {
        return new Work<>(queue, entry);
      }
    }
  }

  boolean hasReady() {
    return !round.isEmpty();
  }

  /**
   * How long {@link #poll} will have nothing if nothing is added: zero if it has something now, the
   * maximum if only an add can change that.
   */
  long nanosToNext(long now) {
    if (hasReady()) {
      return 0;
    }
    long nanos = Long.MAX_VALUE;
    BucketQueue<K> first = deadlines.first();
    if (first != null) {
      nanos = Math.max(0, first.due - now);
    }
    if (!retryRound.isEmpty()) {
      nanos = Math.min(nanos, retries.nanosToToken(now));
    }
    return nanos;
  }

  void done(Work<K> work) {
    work.settle();
    work.queue.done(work.entry);
    place(work.queue);
  }

  void doneUntil(Work<K> work, long due) {
    work.settle();
    work.queue.doneUntil(work.entry, due);
    place(work.queue);
  }

  void failed(Work<K> work, long now) {
    work.settle();
    work.queue.failed(work.entry, now, backoff);
    place(work.queue);
  }

  void putBack(Work<K> work) {
    work.settle();
    work.queue.putBack(work.entry);
    place(work.queue);
  }

  /** Forgets a closed bucket none of whose keys runs; returns who is to be told, if so. */
  @Nullable Runnable stoppedBy(BucketQueue<K> queue) {
    int index = queue.permit.bucket().index();
    if (queue.running() > 0 || !closing.containsKey(index)) {
      return null;
    }
    buckets.remove(index);
    return closing.remove(index);
  }

  List<BucketCounts> counts() {
    List<BucketCounts> counts = new ArrayList<>(buckets.size());
    buckets.values().forEach(queue -> counts.add(queue.counts()));
    return counts;
  }

  private void advance(long now) {
    int left = MOVED_AT_ONCE;
    BucketQueue<K> first = deadlines.first();
    while (first != null && first.due - now <= 0 && left > 0) {
      left -= first.advance(now, left);
      place(first);
      first = deadlines.first();
    }
    while (!retryRound.isEmpty() && retries.tryTake(now)) {
      BucketQueue<K> queue = retryRound.removeFirst();
      queue.inRetryRound = false;
      queue.admitRetry();
      place(queue);
    }
  }

  private void drop(BucketQueue<K> queue) {
    queue.drop();
    if (queue.inRound) {
      round.remove(queue);
      queue.inRound = false;
    }
    if (queue.inRetryRound) {
      retryRound.remove(queue);
      queue.inRetryRound = false;
    }
    if (queue.isInHeap()) {
      deadlines.remove(queue);
    }
  }

  /** Puts a bucket into exactly the rounds and the place in the heap that its content asks for. */
  private void place(BucketQueue<K> queue) {
    if (queue.hasReady() && !queue.inRound) {
      round.addLast(queue);
      queue.inRound = true;
    }
    if (queue.hasDueRetries() && !queue.inRetryRound) {
      retryRound.addLast(queue);
      queue.inRetryRound = true;
    }
    KeyEntry<K> first = queue.firstDelayed();
    if (queue.isInHeap() && (first == null || first.due != queue.due)) {
      deadlines.remove(queue);
    }
    if (first != null && !queue.isInHeap()) {
      deadlines.add(queue, first.due);
    }
  }
}
