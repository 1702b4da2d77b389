package dev.leasehold.e2e.campaign.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A port on loopback with threads for whoever comes in. Thread-safe. */
final class Door implements AutoCloseable {

  private static final int BACKLOG = 50;

  private final ServerSocket socket;
  private final ExecutorService threads;

  /**
   * A port that takes nobody in yet.
   *
   * @param name names its threads
   * @throws IOException if no port can be had
   */
  Door(String name) throws IOException {
    this.socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Where it listens on loopback. */
  int port() {
    return socket.getLocalPort();
  }

  /** Begins to take clients in, each on a thread of its own. */
  void open(Consumer<Socket> host) {
    threads.execute(() -> accept(host));
  }

  /** Runs a task on a thread that ends with the door. */
  void execute(Runnable task) {
    threads.execute(task);
  }

  private void accept(Consumer<Socket> host) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        threads.execute(() -> host.accept(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  /** Takes nobody in any more. */
  void shut() throws IOException {
    socket.close();
  }

  /** Shuts it, and interrupts its threads. */
  @Override
  public void close() throws IOException {
    shut();
    threads.shutdownNow();
  }
}
