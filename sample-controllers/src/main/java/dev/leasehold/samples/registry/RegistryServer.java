package dev.leasehold.samples.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's HTTP port. {@code PUT} and {@code DELETE} of {@code /services/<namespace>.<name>}
 * need the header {@value #EPOCH} and answer 204, or 412 and the newer epoch to a late write;
 * {@code GET} answers the text, and {@code GET /services} all names.
 *
 * <p>Thread-safe.
 */
public final class RegistryServer implements AutoCloseable {

  /** The header with the epoch of the writer's term, an unsigned 64-bit number. */
  public static final String EPOCH = "Leasehold-Epoch";

  private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);
  private static final String ROOT = "/services";
  private static final int THREADS = 4;
  private static final int MOST_BYTES = 64 * 1024;

  private final EntryFolder entries;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private record Answer(int status, String body, Optional<Long> epoch) {
    static Answer of(int status, String body) {
      return new Answer(status, body, Optional.empty());
    }
  }

  private RegistryServer(EntryFolder entries, HttpServer server) {
    this.entries = entries;
    this.server = server;
  }

  /**
   * Binds the port and serves at once.
   *
   * @param address where to listen; port 0 takes a free one
   * @param folder where entries are kept; made if it isn't there
   * @throws UncheckedIOException if the folder can't be made or the address not be bound
   */
  public static RegistryServer start(InetSocketAddress address, Path folder) {
    try {
      Files.createDirectories(folder);
      HttpServer http = HttpServer.create(address, 0);
      RegistryServer registry = new RegistryServer(new EntryFolder(folder), http);
      http.createContext("/", registry::respond);
      http.setExecutor(registry.threads);
      http.start();
      return registry;
    } catch (IOException refused) {
      throw new UncheckedIOException(
          "The registry can't use %s and %s (%s): choose another folder or port."
              .formatted(folder, address, refused.getMessage()),
          refused);
    }
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

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (RuntimeException broken) {
        log.error("A request could not be answered.", broken);
        answer = Answer.of(HttpURLConnection.HTTP_INTERNAL_ERROR, "See the registry's log.\n");
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      answer
          .epoch()
          .ifPresent(
              epoch -> exchange.getResponseHeaders().set(EPOCH, Long.toUnsignedString(epoch)));
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (path.equals(ROOT) && method.equals("GET")) {
      return Answer.of(HttpURLConnection.HTTP_OK, list());
    }
    String name = path.startsWith(ROOT + "/") ? path.substring(ROOT.length() + 1) : "";
    if (!EntryFolder.isName(name)) {
      return Answer.of(
          HttpURLConnection.HTTP_NOT_FOUND, "Entries are at /services/<namespace>.<name>.\n");
    }
    return switch (method) {
      case "GET" -> read(name);
      case "PUT" -> write(name, exchange, Optional.of(text(exchange)));
      case "DELETE" -> write(name, exchange, Optional.empty());
      default ->
          Answer.of(HttpURLConnection.HTTP_BAD_METHOD, "The registry knows GET, PUT and DELETE.\n");
    };
  }

  private String list() {
    return entries.all().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().text().orElse("") + "\n")
        .collect(Collectors.joining());
  }

  private Answer read(String name) {
    Optional<Entry> known = entries.read(name);
    return known
        .flatMap(Entry::text)
        .map(text -> new Answer(HttpURLConnection.HTTP_OK, text, known.map(Entry::epoch)))
        .orElse(
            new Answer(
                HttpURLConnection.HTTP_NOT_FOUND,
                "There is no such entry.\n",
                known.map(Entry::epoch)));
  }

  private Answer write(String name, HttpExchange exchange, Optional<String> text) {
    Optional<Long> epoch = epochOf(exchange.getRequestHeaders().getFirst(EPOCH));
    if (epoch.isEmpty()) {
      return Answer.of(
          HttpURLConnection.HTTP_BAD_REQUEST,
          "A write needs the header " + EPOCH + ": a number.\n");
    }
    Entry wanted = new Entry(epoch.get(), text);
    Entry known = entries.write(name, wanted);
    if (known.equals(wanted)) {
      return new Answer(HttpURLConnection.HTTP_NO_CONTENT, "", epoch);
    }
    log.info(
        "A write of {} with epoch {} is refused: epoch {} has written.",
        name,
        Long.toUnsignedString(epoch.get()),
        Long.toUnsignedString(known.epoch()));
    return new Answer(
        HttpURLConnection.HTTP_PRECON_FAILED,
        "A newer epoch has written this entry.\n",
        Optional.of(known.epoch()));
  }

  private static String text(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Optional<Long> epochOf(String header) {
    try {
      return Optional.of(Long.parseUnsignedLong(header));
    } catch (NumberFormatException missing) {
      return Optional.empty();
    }
  }
}
