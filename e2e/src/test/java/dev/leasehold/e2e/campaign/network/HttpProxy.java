package dev.leasehold.e2e.campaign.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Speaks HTTP/1.1 without TLS to a client and passes its requests on to a server, or refuses them.
 * Each connection of a client has one of its own to the server; answers, and so the events of
 * watches, are passed on as they come, byte by byte. A refusal doesn't end a watch that is open.
 *
 * <p>Thread-safe; each connection has two threads, which end with it. It relies on a client that
 * sends a request only after the last one's answer.
 */
public final class HttpProxy implements AutoCloseable {

  private final int target;
  private final SocketFactory tls;
  private final Door door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Optional<Refusal> refusal = Optional.empty();

  /**
   * Opens one.
   *
   * @param target the server's port on loopback
   * @param tls makes the connections to it
   * @throws IOException if no port can be had
   */
  public HttpProxy(int target, SocketFactory tls) throws IOException {
    this.target = target;
    this.tls = tls;
    this.door = new Door("http-proxy");
    door.open(this::serve);
  }

  /** Where it listens on loopback. */
  public int port() {
    return door.port();
  }

  /** Refuses some requests from now on, or none. */
  public void refuse(Optional<Refusal> some) {
    refusal = some;
  }

  @Override
  public void close() throws IOException {
    door.shut();
    open.forEach(Connection::reset);
    door.close();
  }

  private void serve(Socket client) {
    open.add(client);
    Socket server = null;
    try {
      client.setTcpNoDelay(true);
      server = tls.createSocket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      server.setTcpNoDelay(true);
      Socket answering = server;
      door.execute(() -> pump(answering, client));
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = new BufferedOutputStream(server.getOutputStream());
      boolean isHttp = true;
      while (isHttp) {
        isHttp = pass(RequestHead.read(in), in, out, client.getOutputStream());
      }
      copy(in, server.getOutputStream());
    } catch (IOException gone) {
      return;
    } finally {
      end(client);
      if (server != null) {
        end(server);
      }
    }
  }

  /** Passes a request on or refuses it; false if what follows may be no HTTP any more. */
  private boolean pass(RequestHead head, InputStream in, OutputStream server, OutputStream client)
      throws IOException {
    Optional<Refusal> now = refusal.filter(some -> some.hits(head));
    if (now.isPresent()) {
      head.passBody(in, OutputStream.nullOutputStream());
      client.write(now.get().answer());
      return true;
    }
    server.write(head.bytes());
    head.passBody(in, server);
    server.flush();
    return !head.isUpgrade();
  }

  private void pump(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream());
    } catch (IOException gone) {
      return;
    } finally {
      end(from);
      end(to);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[16 * 1024];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      out.write(piece, 0, n);
      out.flush();
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    Connection.reset(socket);
  }
}
