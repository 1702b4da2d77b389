package dev.leasehold.events;

import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ChangeOfHands;
import dev.leasehold.claim.ShardListener;
import dev.leasehold.lock.LeaseClient;
import dev.leasehold.time.Clocks;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an Event of each change of hands that this replica brings about, so that over all replicas
 * there is one for each.
 *
 * <p>Best effort: a thread of its own, with connections of its own, writes them from a small queue;
 * what doesn't fit in is left out. It waits for a lull between changes, so that telling of the
 * first buckets of many doesn't delay the last ones: both need the same API server and processors.
 * If Events are forbidden or not known to the API server, that is logged once, and it is asked
 * again only now and then.
 *
 * <p>Thread-safe; as a listener it never blocks.
 */
public final class EventRecorder implements ShardListener, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
  private static final int QUEUED = 256;
  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** What is heard of; nothing stands for a thread that is only to be woken. */
  private final BlockingQueue<Optional<Change>> changes = new ArrayBlockingQueue<>(QUEUED);

  private final EventSink sink;
  private final String namespace;
  private final Clocks clocks;
  private final Consumer<EventOutcome> outcomes;
  private final Thread thread = new Thread(this::record, "leasehold-events");
  private volatile boolean closed;

  // All below are confined to the thread.
  private final Folding folding = new Folding();
  private final Lull lull = new Lull();
  private final Queue<Telling> waiting = new ArrayDeque<>();
  private boolean complained;
  private @Nullable Long pausedUntilNanos;

  EventRecorder(EventSink sink, String namespace, Clocks clocks, Consumer<EventOutcome> outcomes) {
    this.sink = sink;
    this.namespace = namespace;
    this.clocks = clocks;
    this.outcomes = outcomes;
    thread.setDaemon(true);
  }

  /**
   * Begins to record.
   *
   * @param like whose cluster and credentials to use; left as it is
   * @param names the names of the component's Leases
   * @param namespace where the Leases are
   * @param clocks for the Events' times
   * @param outcomes hears what became of each change, on any thread
   */
  public static EventRecorder start(
      KubernetesClient like,
      LeaseNames names,
      String namespace,
      Clocks clocks,
      Consumer<EventOutcome> outcomes) {
    return new EventRecorder(
            new ApiEvents(LeaseClient.like(like, REQUEST), names, namespace),
            namespace,
            clocks,
            outcomes)
        .begin();
  }

  EventRecorder begin() {
    thread.start();
    return this;
  }

  @Override
  public void changedHands(ChangeOfHands change) {
    Change heard = new Change(change, clocks.now().wallMillis());
    if (closed || !changes.offer(Optional.of(heard))) {
      outcomes.accept(EventOutcome.DROPPED);
    }
  }

  /** Writes what has been heard of, waiting for at most two seconds, and takes nothing more. */
  @Override
  public void close() {
    closed = true;
    boolean unused = changes.offer(Optional.empty());
    try {
      thread.join(CLOSING.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    // Also ends a request that nobody waits for any more.
    sink.close();
  }

  private void record() {
    try {
      while (!closed || !changes.isEmpty() || !waiting.isEmpty()) {
        Optional<Change> change = changes.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
        long now = clocks.nanos();
        if (change != null) {
          change.ifPresent(heard -> take(heard, now));
        }
        folding.due(now).forEach(telling -> await(telling, now));
        if (!waiting.isEmpty() && (closed || lull.nanosToWrite(now) <= 0)) {
          write(waiting.remove(), now);
        }
      }
      long now = clocks.nanos();
      folding.rest().forEach(telling -> write(telling, now));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Change change, long now) {
    lull.changed(now);
    switch (folding.take(change, now)) {
      case TELL -> await(new Telling(change, 1), now);
      case FOLD -> outcomes.accept(EventOutcome.FOLDED);
      case DROP -> outcomes.accept(EventOutcome.DROPPED);
    }
  }

  private void await(Telling telling, long now) {
    if (waiting.isEmpty()) {
      lull.firstWaits(now);
    }
    waiting.add(telling);
  }

  private void write(Telling telling, long now) {
    if (pausedUntilNanos != null && pausedUntilNanos - now > 0) {
      outcomes.accept(EventOutcome.DROPPED);
      return;
    }
    pausedUntilNanos = null;
    try {
      sink.write(telling);
      complained = false;
      outcomes.accept(EventOutcome.WRITTEN);
    } catch (RuntimeException failure) {
      outcomes.accept(EventOutcome.FAILED);
      complain(failure, now);
    }
  }

  private void complain(RuntimeException failure, long now) {
    int code = failure instanceof KubernetesClientException refused ? refused.getCode() : 0;
    boolean forbidden = code == HttpURLConnection.HTTP_FORBIDDEN;
    if (forbidden || code == HttpURLConnection.HTTP_NOT_FOUND) {
      pausedUntilNanos = now + PAUSE.toNanos();
    }
    if (!complained && forbidden) {
      log.warn(
          "This account may not create events.events.k8s.io in namespace {}: grant it the verb by a"
              + " Role, or switch Events off; changes of hands are only logged.",
          namespace);
    } else if (!complained && !closed) {
      log.warn("Events can't be written, changes of hands are only logged: {}", failure.toString());
    }
    complained = true;
  }

  private Duration patience() {
    if (closed) {
      return Duration.ZERO;
    }
    long toWrite = waiting.isEmpty() ? Long.MAX_VALUE : lull.nanosToWrite(clocks.nanos());
    return Duration.ofNanos(Math.max(0, Math.min(LOOK.toNanos(), toWrite)));
  }
}
