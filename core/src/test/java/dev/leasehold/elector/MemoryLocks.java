package dev.leasehold.elector;

import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An API server in memory, with one version counter for all. Thread-safe. */
final class MemoryLocks implements LockStore {

  private final Map<String, LockSnapshot> locks = new HashMap<>();
  private final List<Consumer<LockEvent>> watchers = new ArrayList<>();
  private final List<LockRecord> history = new ArrayList<>();
  private long version = 100;
  private long objects;

  @Override
  public synchronized CompletionStage<Outcome> create(String name, LockRecord record) {
    return done(
        locks.containsKey(name) ? new Outcome.Conflict() : put(name, "uid-" + ++objects, record));
  }

  @Override
  public synchronized CompletionStage<Outcome> replace(
      String name, Version expected, LockRecord record) {
    LockSnapshot there = locks.get(name);
    return done(
        there == null || !there.version().equals(expected)
            ? new Outcome.Conflict()
            : put(name, expected.uid(), record));
  }

  @Override
  public synchronized CompletionStage<Outcome> delete(String name, Version expected) {
    LockSnapshot there = locks.get(name);
    if (there == null || !there.version().equals(expected)) {
      return done(new Outcome.Conflict());
    }
    remove(name);
    return done(new Outcome.Written(expected));
  }

  synchronized @Nullable LockSnapshot get(String name) {
    return locks.get(name);
  }

  synchronized LockRecord record(String name) {
    LockSnapshot there = locks.get(name);
    if (there == null) {
      throw new AssertionError("There is no lock " + name + ".");
    }
    return there.record();
  }

  /** What an outsider writes, whatever is there. */
  synchronized void force(String name, LockRecord record) {
    LockSnapshot there = locks.get(name);
    Outcome unused = put(name, there == null ? "uid-" + ++objects : there.version().uid(), record);
  }

  synchronized void remove(String name) {
    LockSnapshot there = locks.remove(name);
    if (there != null) {
      tell(new LockEvent.Deleted(name, new Version(there.version().uid(), ++version)));
    }
  }

  synchronized List<LockRecord> history() {
    return List.copyOf(history);
  }

  LockFeed feed() {
    return new Feed();
  }

  private Outcome put(String name, String uid, LockRecord record) {
    LockSnapshot next = new LockSnapshot(name, new Version(uid, ++version), record);
    locks.put(name, next);
    history.add(record);
    tell(new LockEvent.Changed(next));
    return new Outcome.Written(next.version());
  }

  private void tell(LockEvent event) {
    List.copyOf(watchers).forEach(watcher -> watcher.accept(event));
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  private final class Feed implements LockFeed {

    private @Nullable Consumer<LockEvent> consumer;

    @Override
    public void start(Consumer<LockEvent> to) {
      synchronized (MemoryLocks.this) {
        consumer = to;
        watchers.add(to);
        refresh();
      }
    }

    @Override
    public void refresh() {
      synchronized (MemoryLocks.this) {
        if (consumer != null) {
          consumer.accept(new LockEvent.Listed(List.copyOf(locks.values())));
        }
      }
    }

    @Override
    public void close() {
      synchronized (MemoryLocks.this) {
        watchers.remove(consumer);
      }
    }
  }
}
