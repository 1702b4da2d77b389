package dev.leasehold.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port of a replica: {@code /livez}, {@code /readyz}, {@code /shards} and what is added to
 * them. Read-only.
 *
 * <p>Thread-safe; serves on two threads of its own, so that one slow reader doesn't silence a
 * probe.
 */
public final class AdminServer implements AutoCloseable {

  /** The paths that it has of its own. */
  public static final Set<String> PATHS = Set.of("/livez", "/readyz", "/shards");

  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
  private static final int THREADS = 2;

  private final HttpServer server;
  private final ExecutorService threads;

  /** What an endpoint answers. */
  private record Answer(int status, String contentType, String body) {}

  private AdminServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Binds the port and serves at once.
   *
   * @param address where to listen; port 0 takes a free one
   * @param livez whether a restart would not help
   * @param readyz whether the replica can do its work
   * @param shards what it leads
   * @throws UncheckedIOException if the address can't be bound; the message says which
   */
  public static AdminServer start(
      InetSocketAddress address,
      Supplier<Health> livez,
      Supplier<Health> readyz,
      Supplier<ShardsPage> shards) {
    try {
      HttpServer http = HttpServer.create(address, 0);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS, AdminServer::thread);
      AdminServer server = new AdminServer(http, threads);
      server.serve("/livez", () -> health(livez.get()));
      server.serve("/readyz", () -> health(readyz.get()));
      server.serve(
          "/shards", () -> new Answer(200, "application/json", shards.get().json() + "\n"));
      http.setExecutor(threads);
      http.start();
      return server;
    } catch (IOException busy) {
      throw new UncheckedIOException(
          "The HTTP port %s:%d can't be opened (%s): choose another, or 0 for any free one."
              .formatted(address.getHostString(), address.getPort(), busy.getMessage()),
          busy);
    }
  }

  /**
   * Adds an endpoint.
   *
   * @param path where, beginning with a slash
   * @param contentType of what it answers
   * @param body what it answers, made at each request
   */
  public void page(String path, String contentType, Supplier<String> body) {
    serve(path, () -> new Answer(200, contentType, body.get()));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, Supplier<Answer> answer) {
    server.createContext(path, exchange -> respond(exchange, path, answer));
  }

  private static void respond(HttpExchange exchange, String path, Supplier<Answer> answer)
      throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(path)) {
        send(exchange, new Answer(404, "text/plain", "There is nothing here.\n"));
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        send(exchange, new Answer(405, "text/plain", "This port only answers GET.\n"));
      } else {
        send(exchange, answered(path, answer));
      }
    }
  }

  private static Answer answered(String path, Supplier<Answer> answer) {
    try {
      return answer.get();
    } catch (RuntimeException broken) {
      log.error("{} could not be answered.", path, broken);
      return new Answer(500, "text/plain", "This could not be answered; see the log.\n");
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", answer.contentType() + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Answer health(Health health) {
    return new Answer(health.isGood() ? 200 : 503, "text/plain", health.text());
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "leasehold-http");
    thread.setDaemon(true);
    return thread;
  }
}
