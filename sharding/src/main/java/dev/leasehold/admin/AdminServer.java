package dev.leasehold.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.leasehold.time.Clocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port of a replica: {@code /livez}, {@code /readyz}, {@code /shards} and what is added to
 * them, such as the live page at {@code /}. Read-only.
 *
 * <p>Thread-safe; serves on up to {@value #THREADS} threads of its own, which end when there is
 * nothing to serve, and gives up on a request that has not come whole after {@value
 * #REQUEST_SECONDS} seconds, so that slow clients don't silence a probe. Open streams of the live
 * page have threads of their own.
 */
public final class AdminServer implements AutoCloseable {

  /** The paths that it has of its own. */
  public static final Set<String> PATHS =
      Set.of(
          "/livez",
          "/readyz",
          "/shards",
          LivePage.INDEX.path(),
          LivePage.STYLE.path(),
          LivePage.SCRIPT.path(),
          LivePage.EVENTS);

  /** Nothing that the port serves may load, embed or send anything but what comes with it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
  private static final int THREADS = 16;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int REQUEST_SECONDS = 5;

  /** The JDK's server waits for the rest of a request for ever unless this says otherwise. */
  private static final String REQUEST_TIME = "sun.net.httpserver.maxReqTime";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String EVENT_STREAM = "text/event-stream";
  private static final List<String> READING = List.of("GET", "HEAD");
  private static final String FULL =
      "%d windows show this page already: close one, or look at another replica.\n"
          .formatted(EventStreams.MOST);

  private final HttpServer server;
  private final ExecutorService threads;
  private volatile @Nullable EventStreams streams;

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
    if (System.getProperty(REQUEST_TIME) == null) {
      System.setProperty(REQUEST_TIME, Integer.toString(REQUEST_SECONDS));
    }
    try {
      HttpServer http = HttpServer.create(address, 0);
      ExecutorService threads = threads();
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

  /**
   * Adds the live page and its stream of events.
   *
   * @param source what the page shows, in events that its script knows; asked while somebody looks,
   *     on a thread of its own, where it may block for a moment
   */
  public void live(Supplier<List<Event>> source) {
    live(source, SECOND);
  }

  void live(Supplier<List<Event>> source, Duration period) {
    EventStreams opened = new EventStreams(source, period, PATIENCE, Clocks.system());
    streams = opened;
    for (LivePage page : List.of(LivePage.INDEX, LivePage.STYLE, LivePage.SCRIPT)) {
      String text = page.text();
      page(page.path(), page.contentType(), () -> text);
    }
    server.createContext(LivePage.EVENTS, exchange -> stream(exchange, opened));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    EventStreams open = streams;
    if (open != null) {
      open.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, Supplier<Answer> answer) {
    server.createContext(path, exchange -> respond(exchange, path, answer));
  }

  private static void respond(HttpExchange exchange, String path, Supplier<Answer> answer)
      throws IOException {
    try (exchange) {
      Answer refusal = refusal(exchange, path);
      send(exchange, refusal == null ? answered(path, answer) : refusal);
    }
  }

  /** Why there is no answer to a request; null if there is one. */
  private static @Nullable Answer refusal(HttpExchange exchange, String path) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return new Answer(404, "text/plain", "There is nothing here.\n");
    }
    if (!READING.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", String.join(", ", READING));
      return new Answer(405, "text/plain", "This port only answers GET.\n");
    }
    return null;
  }

  /** Hands the exchange to a stream, which ends it; this thread is free at once. */
  private static void stream(HttpExchange exchange, EventStreams streams) throws IOException {
    Answer refusal = refusal(exchange, LivePage.EVENTS);
    if (refusal == null && !streams.hasRoom()) {
      refusal = new Answer(503, "text/plain", FULL);
    }
    if (refusal != null || isHead(exchange)) {
      try (exchange) {
        send(exchange, refusal == null ? new Answer(200, EVENT_STREAM, "") : refusal);
      }
      return;
    }
    headers(exchange, EVENT_STREAM);
    exchange.sendResponseHeaders(200, 0);
    if (!streams.open(streams.stream(exchange))) {
      exchange.close(); // Others were quicker; whoever is left tries again.
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
    boolean head = isHead(exchange);
    headers(exchange, answer.contentType());
    exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void headers(HttpExchange exchange, String contentType) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  private static Answer health(Health health) {
    return new Answer(health.isGood() ? 200 : 503, "text/plain", health.text());
  }

  private static ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            AdminServer::thread);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "leasehold-http");
    thread.setDaemon(true);
    return thread;
  }
}
