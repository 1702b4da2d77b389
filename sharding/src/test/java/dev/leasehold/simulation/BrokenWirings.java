package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.claim.BucketWork;
import dev.leasehold.election.TermView;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.EventLoop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Surroundings with a deliberate bug, for the simulation's tests to find. */
final class BrokenWirings {

  private BrokenWirings() {}

  /** An answered renewal counts at once, before the watch has shown what was before it. */
  static final class NoEcho extends Wiring {
    @Override
    protected LockFeed feed(LockFeed feed, EventLoop loop) {
      return new Talkative(feed);
    }

    @Override
    protected LockStore members(LockStore members, LockFeed feed, EventLoop loop) {
      return new Relay(members) {
        @Override
        public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
          return super.replace(name, expected, record)
              .thenApply(
                  outcome -> {
                    if (outcome instanceof Outcome.Written written) {
                      ((Talkative) feed).say(new LockSnapshot(name, written.version(), record));
                    }
                    return outcome;
                  });
        }
      };
    }
  }

  /** A fence goes over whatever version is there. */
  static final class FenceOverFreshVersion extends Wiring {
    @Override
    protected LockStore buckets(
        LockStore buckets, Function<String, Optional<LockSnapshot>> read, EventLoop loop) {
      return new Relay(buckets) {
        @Override
        public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
          boolean fence = !record.annotation(LeaseMetadata.FENCED).isEmpty();
          Version fresh =
              fence ? read.apply(name).map(LockSnapshot::version).orElse(expected) : expected;
          return super.replace(name, fresh, record);
        }
      };
    }
  }

  /** Work counts as stopped as soon as it is told to stop. */
  static final class ReleaseBeforeStop extends Wiring {
    @Override
    protected BucketWork work(BucketWork work, EventLoop loop) {
      return new BucketWork() {
        @Override
        public void open(Bucket bucket, TermView term) {
          work.open(bucket, term);
        }

        @Override
        public void close(Bucket bucket, Stopped listener) {
          work.close(bucket, stopped -> {});
          listener.stopped(bucket);
        }

        @Override
        public void interrupt(Bucket bucket) {
          work.interrupt(bucket);
        }
      };
    }
  }

  /** All replicas have one identity. */
  static final class OneIdentity extends Wiring {
    @Override
    protected Supplier<String> identities(Supplier<String> identities, int replica) {
      return () -> "same_00000000";
    }
  }

  /** Passes writes on. */
  private static class Relay implements LockStore {
    private final LockStore to;

    Relay(LockStore to) {
      this.to = to;
    }

    @Override
    public CompletionStage<Outcome> create(String name, LockRecord record) {
      return to.create(name, record);
    }

    @Override
    public CompletionStage<Outcome> replace(String name, Version expected, LockRecord record) {
      return to.replace(name, expected, record);
    }

    @Override
    public CompletionStage<Outcome> delete(String name, Version expected) {
      return to.delete(name, expected);
    }

    @Override
    public CompletionStage<Outcome> removeUnseen(String name, Map<String, String> labels) {
      return to.removeUnseen(name, labels);
    }
  }

  /** A watch that can be made to say something out of order. */
  private static final class Talkative implements LockFeed {
    private final LockFeed of;
    private @Nullable Consumer<LockEvent> consumer;

    Talkative(LockFeed of) {
      this.of = of;
    }

    void say(LockSnapshot lock) {
      Consumer<LockEvent> to = consumer;
      if (to != null) {
        to.accept(new LockEvent.Changed(lock));
      }
    }

    @Override
    public void start(Consumer<LockEvent> eventConsumer) {
      consumer = eventConsumer;
      of.start(eventConsumer);
    }

    @Override
    public void refresh() {
      of.refresh();
    }

    @Override
    public void close() {
      of.close();
    }
  }
}
