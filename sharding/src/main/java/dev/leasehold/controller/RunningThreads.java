package dev.leasehold.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which threads run which key since when, so that they can be interrupted while they do, and only
 * then.
 *
 * <p>Thread-safe by its own monitor, which is held only for a look at the map.
 */
final class RunningThreads {

  private static final int NO_BUCKET = -1;

  // Guarded by this.
  private final Map<Thread, Entry> entries = new HashMap<>();

  private static final class Entry {
    private final int bucket;
    private final ResourceKey key;
    private final long sinceNanos;

    /** Whether it has been told to be late. */
    private boolean late;

    /** Whether it has been interrupted for being late. */
    private boolean timedOut;

    private Entry(int bucket, ResourceKey key, long sinceNanos) {
      this.bucket = bucket;
      this.key = key;
      this.sinceNanos = sinceNanos;
    }
  }

  /** A run that takes long: the key, and where its thread was when that was noticed. */
  record Late(ResourceKey key, List<StackTraceElement> where) {

    /** Something to log the place with. */
    Throwable asCause() {
      Throwable cause = new Throwable("The place where the thread is");
      cause.setStackTrace(where.toArray(StackTraceElement[]::new));
      return cause;
    }
  }

  /** The calling thread is with a key from now on, whatever becomes of the key's bucket. */
  void begin(ResourceKey key, long nowNanos) {
    begin(NO_BUCKET, key, nowNanos);
  }

  /** The calling thread runs a key of the bucket from now on. */
  synchronized void begin(int bucket, ResourceKey key, long nowNanos) {
    entries.put(Thread.currentThread(), new Entry(bucket, key, nowNanos));
  }

  /**
   * The calling thread no longer does; an interrupt that came too late for the key ends here.
   *
   * @return whether the run was interrupted for being late
   */
  synchronized boolean end() {
    Entry entry = entries.remove(Thread.currentThread());
    Thread.interrupted();
    return entry != null && entry.timedOut;
  }

  /** The calling thread no longer does, and was not to be interrupted by anybody here. */
  synchronized void leave() {
    entries.remove(Thread.currentThread());
  }

  synchronized void interrupt(int bucket) {
    entries.forEach(
        (thread, entry) -> {
          if (entry.bucket == bucket) {
            thread.interrupt();
          }
        });
  }

  /**
   * Tells of each run once that has taken longer than a limit.
   *
   * @param interrupt whether to interrupt it
   */
  synchronized List<Late> late(Duration limit, boolean interrupt, long nowNanos) {
    List<Late> late = new ArrayList<>();
    entries.forEach(
        (thread, entry) -> {
          if (!entry.late && nowNanos - entry.sinceNanos >= limit.toNanos()) {
            entry.late = true;
            late.add(new Late(entry.key, List.of(thread.getStackTrace())));
            if (interrupt) {
              entry.timedOut = true;
              thread.interrupt();
            }
          }
        });
    return late;
  }

  /** A key whose run has taken longer than a limit and goes on, if there is one. */
  synchronized Optional<ResourceKey> overdue(Duration limit, long nowNanos) {
    return entries.values().stream()
        .filter(entry -> nowNanos - entry.sinceNanos >= limit.toNanos())
        .map(entry -> entry.key)
        .findFirst();
  }

  /**
   * The runs that are going on.
   *
   * @param count how many
   * @param longest for how long the oldest of them has been; zero if there is none
   * @param total for how long all of them have been, summed up
   */
  record Runs(int count, Duration longest, Duration total) {}

  synchronized Runs runs(long nowNanos) {
    long longest = 0;
    long total = 0;
    for (Entry entry : entries.values()) {
      long since = nowNanos - entry.sinceNanos;
      longest = Math.max(longest, since);
      total += since;
    }
    return new Runs(entries.size(), Duration.ofNanos(longest), Duration.ofNanos(total));
  }
}
