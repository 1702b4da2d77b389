package dev.leasehold.queue;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.KeyEntry.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one open bucket: which of its keys wait, in which lane or until when, and which run.
 *
 * <p>It decides with the time it is given and owns no thread. Dropping it is O(1): its content is
 * let go as a whole. What it knows of running keys outlives the drop, since the bucket has stopped
 * only when none is running.
 *
 * <p>Not thread-safe; guarded by the lock of its {@link SharedBucket}.
 */
final class BucketQueue<K> {

  /** So many live keys may go ahead of a waiting background key. */
  static final int LIVE_RUN = 8;

  private final LongSupplier stamp;
  private KeyTable<K> entries = new KeyTable<>();
  private KeyList<K> live = new KeyList<>();
  private KeyList<K> background = new KeyList<>();
  private KeyList<K> dueRetries = new KeyList<>();
  private DeadlineHeap<KeyEntry<K>> delayed = new DeadlineHeap<>();

  /** Live keys taken in a row while a background key was waiting; at most {@link #LIVE_RUN}. */
  private int liveRun;

  private int running;

  /** How often a key came into a lane. */
  private long added;

  private boolean dropped;
  private boolean closed;

  /** Who is to be told once no key runs. */
  private List<Runnable> onceIdle = new ArrayList<>(0);

  /**
   * An empty queue.
   *
   * @param stamp the time at which a key comes to wait, kept for whoever takes it; a constant where
   *     nobody asks
   */
  BucketQueue(LongSupplier stamp) {
    this.stamp = stamp;
  }

  boolean hasReady() {
    return !live.isEmpty() || !background.isEmpty();
  }

  boolean hasDueRetries() {
    return !dueRetries.isEmpty();
  }

  BucketCounts counts(Bucket bucket, long epoch) {
    int waiting = dropped ? 0 : entries.size() - running - delayed.size();
    return new BucketCounts(bucket, epoch, waiting, delayed.size(), running);
  }

  QueueFigures figures() {
    int throttled = dueRetries.size();
    return new QueueFigures(
        live.size(), background.size(), throttled, delayed.size(), running, added, 0);
  }

  /** The earliest time at which a delayed key is due, as a node whose {@code due} tells. */
  @Nullable KeyEntry<K> firstDelayed() {
    return delayed.first();
  }

  /** Whether the key is accepted, which it is until the queue is dropped. */
  boolean add(K key, Lane lane) {
    if (dropped) {
      return false;
    }
    KeyEntry<K> entry = entries.getOrCreate(key);
    switch (entry.phase) {
      case NEW -> enqueue(entry, lane);
      case QUEUED -> {
        if (entry.lane.sooner(lane) != entry.lane) {
          background.remove(entry);
          line(entry, lane);
        }
      }
      case DELAYED -> {
        // A resync is no reason to shorten the wait of a failing key; news is.
        if (lane == Lane.LIVE || !entry.retrying) {
          delayed.remove(entry);
          enqueue(entry, lane);
        }
      }
      case DUE -> {
        if (lane == Lane.LIVE) {
          dueRetries.remove(entry);
          enqueue(entry, lane);
        }
      }
      case RUNNING -> entry.again = entry.again == null ? lane : entry.again.sooner(lane);
    }
    return true;
  }

  /** Whether the key is accepted, which it is until the queue is dropped. */
  boolean addAt(K key, Lane lane, long due) {
    if (dropped) {
      return false;
    }
    KeyEntry<K> entry = entries.getOrCreate(key);
    switch (entry.phase) {
      case NEW -> delay(entry, lane, due, false);
      case DELAYED -> {
        if (due - entry.due < 0) {
          delayed.remove(entry);
          delay(entry, lane.sooner(entry.lane), due, false);
        }
      }
      case RUNNING -> {
        if (!entry.later || due - entry.due < 0) {
          entry.later = true;
          entry.due = due;
        }
      }
      case QUEUED, DUE -> {
        // The run that it already waits for comes after this add: it is the one asked for.
      }
    }
    return true;
  }

  /** Moves up to {@code most} delayed keys whose time has come; returns how many. */
  int advance(long now, int most) {
    for (int moved = 0; moved < most; moved++) {
      KeyEntry<K> entry = delayed.first();
      if (entry == null || entry.due - now > 0) {
        return moved;
      }
      delayed.remove(entry);
      if (entry.retrying) {
        entry.phase = Phase.DUE;
        dueRetries.addLast(entry);
      } else {
        arrive(entry, entry.lane);
      }
    }
    return most;
  }

  /** Lets the retry that has waited longest pass, if there is one. */
  void admitRetry() {
    KeyEntry<K> entry = dueRetries.pollFirst();
    if (entry != null) {
      arrive(entry, entry.lane);
    }
  }

  /** Takes the next key to run, or nothing if none is ready. */
  @Nullable KeyEntry<K> take() {
    boolean liveGoes = !live.isEmpty() && (background.isEmpty() || liveRun < LIVE_RUN);
    liveRun = liveGoes && !background.isEmpty() ? liveRun + 1 : 0;
    KeyEntry<K> entry = liveGoes ? live.pollFirst() : background.pollFirst();
    if (entry != null) {
      entry.phase = Phase.RUNNING;
      running++;
    }
    return entry;
  }

  /** The run has succeeded and asked for nothing. */
  void done(KeyEntry<K> entry) {
    entry.failures = 0;
    if (!ended(entry)) {
      entries.remove(entry);
    }
  }

  /** The run has succeeded and asked for another at {@code due}. */
  void doneUntil(KeyEntry<K> entry, long due) {
    entry.failures = 0;
    boolean sooner = entry.later && entry.due - due < 0;
    long earliest = sooner ? entry.due : due;
    entry.later = false;
    if (!ended(entry)) {
      delay(entry, entry.lane, earliest, false);
    }
  }

  /** The run has failed; the wait is in nanoseconds by the failures in a row. */
  void failed(KeyEntry<K> entry, long now, IntToLongFunction wait) {
    entry.failures = Math.min(entry.failures, Integer.MAX_VALUE - 1) + 1;
    long due = now + wait.applyAsLong(entry.failures);
    if (entry.later && entry.due - due >= 0) {
      entry.later = false;
    }
    if (!ended(entry)) {
      delay(entry, entry.lane, due, true);
    }
  }

  /** The run never started: the key waits again as if it had not been taken. */
  void putBack(KeyEntry<K> entry) {
    entry.again = entry.again == null ? entry.lane : entry.again.sooner(entry.lane);
    ended(entry);
  }

  void forget(K key) {
    KeyEntry<K> entry = entries.get(key);
    if (entry != null) {
      entry.failures = 0;
    }
  }

  /** Lets all that waits go, at once, and accepts nothing from now on. */
  void drop() {
    dropped = true;
    entries = new KeyTable<>();
    live = new KeyList<>();
    background = new KeyList<>();
    dueRetries = new KeyList<>();
    delayed = new DeadlineHeap<>();
  }

  /**
   * Drops it for good.
   *
   * @param stopped told once that no key runs
   * @return whether that had not been done before
   */
  boolean close(Runnable stopped) {
    if (closed) {
      return false;
    }
    closed = true;
    drop();
    onceIdle(stopped);
    return true;
  }

  boolean isStopped() {
    return closed && running == 0;
  }

  void onceIdle(Runnable listener) {
    onceIdle.add(listener);
  }

  /** Those who wait for no key to run, if none runs; each is returned once. */
  List<Runnable> pollIdle() {
    if (running > 0 || onceIdle.isEmpty()) {
      return List.of();
    }
    List<Runnable> told = onceIdle;
    onceIdle = new ArrayList<>(0);
    return told;
  }

  /** Ends a run; says whether that settled where the key goes, by what was added meanwhile. */
  private boolean ended(KeyEntry<K> entry) {
    running--;
    if (dropped) {
      return true;
    }
    Lane again = entry.again;
    boolean later = entry.later;
    entry.again = null;
    entry.later = false;
    if (again != null) {
      enqueue(entry, again);
    } else if (later) {
      delay(entry, entry.lane, entry.due, false);
    }
    return again != null || later;
  }

  /** The key is due from now on. */
  private void enqueue(KeyEntry<K> entry, Lane lane) {
    entry.due = stamp.getAsLong();
    arrive(entry, lane);
  }

  /** The key has been due since the time that it has been given. */
  private void arrive(KeyEntry<K> entry, Lane lane) {
    added++;
    line(entry, lane);
  }

  private void line(KeyEntry<K> entry, Lane lane) {
    entry.phase = Phase.QUEUED;
    entry.lane = lane;
    (lane == Lane.LIVE ? live : background).addLast(entry);
  }

  private void delay(KeyEntry<K> entry, Lane lane, long due, boolean retrying) {
    entry.phase = Phase.DELAYED;
    entry.lane = lane;
    entry.retrying = retrying;
    delayed.add(entry, due);
  }
}
