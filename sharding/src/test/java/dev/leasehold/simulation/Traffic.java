package dev.leasehold.simulation;

import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Counts what all replicas of a simulation together ask of the API server, and are shown by it. */
final class Traffic extends Wiring {

  private final AtomicLong members = new AtomicLong();
  private final AtomicLong buckets = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong watches = new AtomicLong();
  private final AtomicLong lists = new AtomicLong();

  /**
   * Counts.
   *
   * @param memberWrites on replicas' own Leases
   * @param bucketWrites on buckets' Leases, and fences
   * @param watchEvents that watches have shown
   * @param watches that were opened, or opened anew
   * @param lists that watches began with; the ports have no other way to read
   */
  record Counts(long memberWrites, long bucketWrites, long watchEvents, long watches, long lists) {

    long writes() {
      return memberWrites + bucketWrites;
    }

    Counts since(Counts before) {
      return new Counts(
          memberWrites - before.memberWrites,
          bucketWrites - before.bucketWrites,
          watchEvents - before.watchEvents,
          watches - before.watches,
          lists - before.lists);
    }
  }

  Counts counts() {
    return new Counts(members.get(), buckets.get(), events.get(), watches.get(), lists.get());
  }

  /** What is counted while a simulation goes on for so long. */
  Counts during(Run run, Duration time) {
    Counts before = counts();
    run.runFor(time);
    return counts().since(before);
  }

  @Override
  protected LockStore members(LockStore store, LockFeed feed, EventLoop loop) {
    return new CountedStore(store, members);
  }

  @Override
  protected LockStore buckets(
      LockStore store, Function<String, Optional<LockSnapshot>> read, EventLoop loop) {
    return new CountedStore(store, buckets);
  }

  @Override
  protected LockFeed feed(LockFeed feed, EventLoop loop) {
    return new LockFeed() {
      @Override
      public void start(Consumer<LockEvent> consumer) {
        watches.incrementAndGet();
        feed.start(
            event -> {
              (event instanceof LockEvent.Listed ? lists : events).incrementAndGet();
              consumer.accept(event);
            });
      }

      @Override
      public void refresh() {
        watches.incrementAndGet();
        feed.refresh();
      }

      @Override
      public void close() {
        feed.close();
      }
    };
  }

  private record CountedStore(LockStore store, AtomicLong count) implements LockStore {

    @Override
    public CompletionStage<Outcome> create(String name, LockRecord record) {
      count.incrementAndGet();
      return store.create(name, record);
    }

    @Override
    public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
      count.incrementAndGet();
      return store.replace(name, expected, record);
    }

    @Override
    public CompletionStage<Outcome> delete(String name, Version expected) {
      count.incrementAndGet();
      return store.delete(name, expected);
    }

    @Override
    public CompletionStage<Outcome> removeUnseen(String name, Map<String, String> labels) {
      count.incrementAndGet();
      return store.removeUnseen(name, labels);
    }
  }
}
