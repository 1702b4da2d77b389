package dev.leasehold.admin;

import com.sun.net.httpserver.HttpExchange;
import dev.leasehold.time.Clocks;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's stream, on a thread of its own that may block on a slow reader.
 *
 * <p>Thread-safe. The connection is an interruptible channel, so interrupting the thread ends a
 * write that is stuck, and closes the connection.
 */
final class EventStream {

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  private final HttpExchange exchange;
  private final EventStreams all;
  private final Clocks clocks;
  private final Thread thread;

  /** What was sent last by each event's name; only what differs is sent again. */
  private final Map<String, String> sent = new HashMap<>();

  // Guarded by this.
  private boolean writing;

  // Guarded by this.
  private long writingSinceNanos;

  EventStream(HttpExchange exchange, EventStreams all, Clocks clocks) {
    this.exchange = exchange;
    this.all = all;
    this.clocks = clocks;
    this.thread = new Thread(this::run, "leasehold-live-stream");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends it, whatever it is doing. */
  void cutOff() {
    thread.interrupt();
  }

  /** Ends it if its present write has taken longer. */
  synchronized void cutOffIfStuck(long nanos, Duration patience) {
    if (writing && nanos - writingSinceNanos > patience.toNanos()) {
      cutOff();
    }
  }

  private void run() {
    try (exchange) {
      send(exchange.getResponseBody());
    } catch (IOException gone) {
      log.debug("A reader of the live page is gone.", gone);
    } catch (InterruptedException cutOff) {
      log.debug("A stream of the live page is closed.");
    } finally {
      all.ended(this);
    }
  }

  private void send(OutputStream body) throws IOException, InterruptedException {
    long seen = 0;
    while (true) {
      EventStreams.Answer answer = all.after(seen);
      seen = answer.number();
      boolean news = false;
      for (Event event : answer.events()) {
        if (!event.data().equals(sent.put(event.name(), event.data()))) {
          write(body, event.bytes());
          news = true;
        }
      }
      if (!news) {
        write(body, Event.HEARTBEAT);
      }
    }
  }

  private void write(OutputStream body, byte[] bytes) throws IOException {
    writing(true);
    body.write(bytes);
    body.flush();
    writing(false);
  }

  private synchronized void writing(boolean begun) {
    writing = begun;
    writingSinceNanos = clocks.nanos();
  }
}
