package dev.leasehold.admin;

import com.sun.net.httpserver.HttpExchange;
import dev.leasehold.time.Clocks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of server-sent events that all show the same.
 *
 * <p>While a stream is open one thread asks the source once a period, and each stream has a thread
 * of its own that sends the latest answer: whoever reads slowly misses answers between, keeps
 * nobody waiting, and is cut off when one write takes too long. Without a stream there is no
 * thread, and the source is not asked.
 *
 * <p>Thread-safe.
 */
final class EventStreams implements AutoCloseable {

  /** So many streams may be open at once; each costs a thread. */
  static final int MOST = 16;

  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

  private final Supplier<List<Event>> source;
  private final Duration period;
  private final Duration patience;
  private final Clocks clocks;

  // Guarded by this.
  private final Set<EventStream> streams = new HashSet<>();

  // Guarded by this: counts the answers, so that a stream knows whether it has sent this one.
  private long number;

  // Guarded by this.
  private List<Event> latest = List.of();

  // Guarded by this; null while nobody looks.
  private @Nullable Thread asking;

  // Guarded by this.
  private boolean closed;

  /** Whether the source has failed last; told once, not once a period. */
  private volatile boolean failing;

  /**
   * Streams of which none is open.
   *
   * @param source what to show; asked on a thread of its own, may block for a moment
   * @param period how often it is asked
   * @param patience how long one write may take, counted in whole periods
   * @param clocks the time
   */
  EventStreams(Supplier<List<Event>> source, Duration period, Duration patience, Clocks clocks) {
    this.source = source;
    this.period = period;
    this.patience = patience;
    this.clocks = clocks;
  }

  /**
   * What the streams show at one moment.
   *
   * @param number grows with each answer
   * @param events in the order in which they are to be sent
   */
  record Answer(long number, List<Event> events) {}

  /**
   * Opens a stream on an exchange whose headers have been sent, and takes care of its end.
   *
   * @return whether there was room; if not, nothing was done
   */
  synchronized boolean open(EventStream stream) {
    if (closed || streams.size() >= MOST) {
      return false;
    }
    streams.add(stream);
    stream.start();
    if (asking == null) {
      Thread thread = new Thread(this::ask, "leasehold-live");
      thread.setDaemon(true);
      asking = thread;
      number++;
      latest = List.of();
      thread.start();
    }
    return true;
  }

  /** Whether another stream could be opened; only a hint. */
  synchronized boolean hasRoom() {
    return !closed && streams.size() < MOST;
  }

  /** A stream for an exchange, to be opened once its headers have been sent. */
  EventStream stream(HttpExchange exchange) {
    return new EventStream(exchange, this, clocks);
  }

  /** Waits for the answer after the one of that number. Blocks; for a stream's own thread. */
  synchronized Answer after(long seen) throws InterruptedException {
    while (number <= seen) {
      wait();
    }
    return new Answer(number, latest);
  }

  synchronized void ended(EventStream stream) {
    streams.remove(stream);
    notifyAll();
  }

  private void ask() {
    try {
      List<Event> events = answer();
      while (publish(events)) {
        events = answer();
      }
    } catch (InterruptedException closing) {
      log.debug("The streams are closed.");
    }
  }

  private List<Event> answer() {
    try {
      List<Event> events = source.get();
      failing = false;
      return events;
    } catch (RuntimeException | Error broken) {
      if (!failing) {
        log.warn("The live page can't be brought up to date.", broken);
      }
      failing = true;
      return List.of();
    }
  }

  /** Shows an answer to all, then waits for the next one's time; whether there is to be one. */
  private synchronized boolean publish(List<Event> events) throws InterruptedException {
    number++;
    latest = events.isEmpty() ? latest : List.copyOf(events);
    notifyAll();
    long due = clocks.nanos() + period.toNanos();
    while (!closed && !streams.isEmpty()) {
      streams.forEach(stream -> stream.cutOffIfStuck(clocks.nanos(), patience));
      long left = due - clocks.nanos();
      if (left <= 0) {
        return true;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    asking = null;
    return false;
  }

  /** Ends all streams and takes no more. */
  @Override
  public synchronized void close() {
    closed = true;
    streams.forEach(EventStream::cutOff);
    notifyAll();
  }
}
