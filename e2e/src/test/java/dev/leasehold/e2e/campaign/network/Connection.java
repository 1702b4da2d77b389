package dev.leasehold.e2e.campaign.network;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** One connection through a proxy. Thread-safe. */
final class Connection {

  private static final int PIECE = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final TcpProxy proxy;
  private final long madeNanos = System.nanoTime();
  private volatile long askedNanos = madeNanos;

  Connection(Socket client, Socket server, TcpProxy proxy) throws IOException {
    this.client = client;
    this.server = server;
    this.proxy = proxy;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - madeNanos);
  }

  Duration quiet() {
    return Duration.ofNanos(System.nanoTime() - askedNanos);
  }

  boolean isClosed() {
    return client.isClosed();
  }

  /** Passes one direction on until either side closes. */
  void pump(boolean isAnswer) {
    Socket from = isAnswer ? server : client;
    Socket to = isAnswer ? client : server;
    byte[] piece = new byte[PIECE];
    try {
      for (int n = from.getInputStream().read(piece);
          n >= 0;
          n = from.getInputStream().read(piece)) {
        if (!isAnswer) {
          askedNanos = System.nanoTime();
        }
        if (!proxy.letThrough(isAnswer, n, this)) {
          return;
        }
        to.getOutputStream().write(piece, 0, n);
      }
    } catch (IOException gone) {
      return;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      reset();
    }
  }

  /** Ends both sides at once, without the farewell that an orderly close would send. */
  void reset() {
    reset(client);
    reset(server);
    proxy.forget(this);
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException gone) {
      return;
    }
  }
}
