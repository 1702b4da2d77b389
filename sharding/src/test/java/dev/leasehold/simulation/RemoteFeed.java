package dev.leasehold.simulation;

import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockFeed;
import dev.leasehold.lock.LockSnapshot;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The watch of one process, with all that can happen to one: it lags, shows events again, is
 * disconnected and goes on, is disconnected and has to list again, or dies without notice.
 */
final class RemoteFeed implements LockFeed {

  private static final long MILLI = 1_000_000;
  private static final long RECONNECT_NANOS = 500 * MILLI;
  private static final long LIST_TIMEOUT_NANOS = 3_000 * MILLI;
  private static final int MOST_REPEATED = 6;

  private final ApiServer server;
  private final Link link;
  private final SimulatedProcess process;
  private final RandomGenerator random;
  private final Coverage coverage;
  private final Timeline timeline;
  private final Runnable poke = this::poke;
  private @Nullable Consumer<LockEvent> consumer;

  /** Counts connections: what belongs to an earlier one is dropped. */
  private int connection;

  /** How much of the history has been shown; -1 before the first list of a connection. */
  private int shown = -1;

  private boolean connected;
  private boolean delivering;
  private boolean dead;
  private boolean closed;
  private long lateness;

  RemoteFeed(Link link, SimulatedProcess process, World world) {
    this.server = world.server();
    this.link = link;
    this.process = process;
    this.random = world.random();
    this.coverage = world.coverage();
    this.timeline = world.timeline();
  }

  @Override
  public void start(Consumer<LockEvent> eventConsumer) {
    consumer = eventConsumer;
    server.watch(poke);
    link.onRestored(poke);
    list();
  }

  @Override
  public void refresh() {
    timeline.note(process.name, () -> "refreshes its watch");
    if (dead) {
      coverage.count(Happening.DEAD_WATCH_REFRESHED);
    }
    list();
  }

  @Override
  public void close() {
    closed = true;
    disconnect();
    server.unwatch(poke);
  }

  /** Whether it has shown a list at least once. */
  boolean hasListed() {
    return shown >= 0;
  }

  // ---- faults ----

  void drop() {
    disconnect();
    int mine = connection;
    var unused = process.runAfter(random.nextLong(RECONNECT_NANOS), () -> resume(mine));
  }

  void expire() {
    disconnect();
    int mine = connection;
    var unused =
        process.runAfter(
            random.nextLong(RECONNECT_NANOS),
            () -> {
              if (mine == connection) {
                list();
              }
            });
  }

  /** Shows nothing more on this connection, and doesn't say so. */
  void playDead() {
    dead = connected;
  }

  void repeat() {
    if (connected && shown > 0) {
      coverage.count(Happening.WATCH_REPEATED);
      shown = Math.max(0, shown - 1 - random.nextInt(MOST_REPEATED));
      poke();
    }
  }

  void late(long upToNanos) {
    lateness = upToNanos;
  }

  // ---- connections ----

  private void disconnect() {
    connection++;
    connected = false;
    delivering = false;
    dead = false;
  }

  private void list() {
    disconnect();
    if (closed) {
      return;
    }
    int mine = connection;
    var unused =
        process.runAfter(
            LIST_TIMEOUT_NANOS,
            () -> {
              if (mine == connection && !connected) {
                list();
              }
            });
    link.send(
        () -> {
          List<LockSnapshot> locks = server.selected();
          int upTo = server.end();
          if (!link.isDownCut()) {
            var reply = process.runAfter(link.latency(), () -> listed(mine, locks, upTo));
          }
        });
  }

  private void listed(int mine, List<LockSnapshot> locks, int upTo) {
    if (mine != connection || connected || closed) {
      return;
    }
    if (shown >= 0 && upTo > shown) {
      coverage.count(Happening.WATCH_HID_EVENTS);
    }
    shown = upTo;
    connected = true;
    show(new LockEvent.Listed(locks));
    poke();
  }

  private void resume(int mine) {
    if (mine != connection || closed) {
      return;
    }
    if (shown < 0) {
      list();
    } else {
      coverage.count(Happening.WATCH_RESUMED);
      connected = true;
      poke();
    }
  }

  // ---- events ----

  private void poke() {
    if (!connected || delivering || dead || link.isDownCut() || shown >= server.end()) {
      return;
    }
    delivering = true;
    int mine = connection;
    long delay = link.latency() + (lateness > 0 ? random.nextLong(lateness) : 0);
    var unused = process.runAfter(delay, () -> deliver(mine));
  }

  private void deliver(int mine) {
    if (mine != connection) {
      return;
    }
    delivering = false;
    if (dead || link.isDownCut()) {
      return;
    }
    // What has piled up comes in one go, as from a socket's buffer.
    int upTo = server.end();
    while (shown < upTo && mine == connection) {
      LockEvent event = server.event(shown++);
      if (event != null) {
        show(event);
      }
    }
    poke();
  }

  private void show(LockEvent event) {
    timeline.note(process.name, () -> Text.of(event));
    Consumer<LockEvent> to = consumer;
    if (to != null) {
      to.accept(event);
    }
  }
}
