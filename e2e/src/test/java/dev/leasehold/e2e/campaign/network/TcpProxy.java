package dev.leasehold.e2e.campaign.network;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Passes connections on to a server on loopback, as the weather allows. It sees bytes alone, so TLS
 * goes through it. Thread-safe; each connection has two threads, which end with it.
 */
public final class TcpProxy implements AutoCloseable {

  /** How often a held piece looks whether it still is. */
  private static final long LOOK_MILLIS = 20;

  private final int target;
  private final Door door;

  @GuardedBy("this") private final Set<Connection> connections = new LinkedHashSet<>();

  @GuardedBy("this") private Weather weather = Weather.CLEAR;

  @GuardedBy("this") private final Line up = new Line();

  @GuardedBy("this") private final Line down = new Line();

  /**
   * Opens one.
   *
   * @param target the server's port on loopback
   * @throws IOException if no port can be had
   */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    this.door = new Door("proxy");
    door.open(this::connect);
  }

  /** Where it listens on loopback. */
  public int port() {
    return door.port();
  }

  /** Changes the weather for all connections, those that are open too. */
  public void weather(Weather next) {
    List<Connection> open;
    synchronized (this) {
      weather = next;
      open = List.copyOf(connections);
      notifyAll();
    }
    if (next == Weather.RESETTING) {
      open.forEach(Connection::reset);
    }
  }

  @Override
  public void close() throws IOException {
    door.shut();
    List<Connection> open;
    synchronized (this) {
      open = List.copyOf(connections);
    }
    open.forEach(Connection::reset);
    door.close();
  }

  private void connect(Socket client) {
    Connection connection;
    try {
      connection =
          new Connection(client, new Socket(InetAddress.getLoopbackAddress(), target), this);
    } catch (IOException refused) {
      Connection.reset(client);
      return;
    }
    synchronized (this) {
      connections.add(connection);
    }
    door.execute(() -> connection.pump(true));
    connection.pump(false);
  }

  synchronized void forget(Connection connection) {
    connections.remove(connection);
  }

  /**
   * Blocks while the weather holds a piece or the line is taken; false if the connection is to be
   * reset instead.
   */
  synchronized boolean letThrough(boolean isAnswer, int bytes, Connection connection)
      throws InterruptedException {
    long since = System.nanoTime();
    boolean dropped = weather.drops();
    while (weather.holds(isAnswer, connection.quiet(), Duration.ofNanos(System.nanoTime() - since))
        && !connection.isClosed()) {
      wait(LOOK_MILLIS);
      dropped |= weather.drops();
    }
    if (dropped) {
      return false;
    }
    Line line = isAnswer ? down : up;
    long arrived = line.queue(System.nanoTime(), weather.onTheLine(bytes));
    Weather during = weather;
    while (weather == during && System.nanoTime() - arrived < 0 && !connection.isClosed()) {
      wait(LOOK_MILLIS);
    }
    return !weather.resets(connection.age());
  }

  /** One direction, in which one piece comes after the other. Guarded by the proxy. */
  private static final class Line {

    private long freeNanos = System.nanoTime();

    /** When a piece that is sent now will have arrived. */
    long queue(long now, Duration takes) {
      freeNanos = (freeNanos - now > 0 && !takes.isZero() ? freeNanos : now) + takes.toNanos();
      return freeNanos;
    }
  }
}
