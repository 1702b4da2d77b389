package dev.leasehold.e2e.campaign.network;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes connections on to a server on loopback, as the weather allows. It sees bytes alone, so TLS
 * goes through it. Thread-safe; each connection has two threads, which end with it.
 */
public final class TcpProxy implements AutoCloseable {

  /** How often a held piece looks whether it still is. */
  private static final long LOOK_MILLIS = 20;

  private final int target;
  private final ServerSocket door;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "proxy");
            thread.setDaemon(true);
            return thread;
          });

  @GuardedBy("this") private final Set<Connection> connections = new LinkedHashSet<>();

  @GuardedBy("this") private Weather weather = Weather.CLEAR;

  /**
   * Opens one.
   *
   * @param target the server's port on loopback
   * @throws IOException if no port can be had
   */
  public TcpProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Where it listens on loopback. */
  public int port() {
    return door.getLocalPort();
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
    door.close();
    List<Connection> open;
    synchronized (this) {
      open = List.copyOf(connections);
    }
    open.forEach(Connection::reset);
    threads.shutdownNow();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        threads.execute(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
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
    threads.execute(() -> connection.pump(true));
    connection.pump(false);
  }

  synchronized void forget(Connection connection) {
    connections.remove(connection);
  }

  /** Blocks while the weather holds a piece; false if the connection is to be reset instead. */
  synchronized boolean letThrough(boolean isAnswer, Connection connection)
      throws InterruptedException {
    long since = System.nanoTime();
    while (weather.holds(isAnswer, connection.quiet(), Duration.ofNanos(System.nanoTime() - since))
        && !connection.isClosed()) {
      wait(LOOK_MILLIS);
    }
    return !weather.resets(connection.age());
  }
}
