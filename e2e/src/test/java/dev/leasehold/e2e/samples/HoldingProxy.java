package dev.leasehold.e2e.samples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A network that keeps the first write for as long as one likes and passes all others on.
 * Thread-safe.
 */
final class HoldingProxy implements AutoCloseable {

  private static final String EPOCH = "Leasehold-Epoch";

  private final URI target;
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean isFirst = new AtomicBoolean(true);
  private final CompletableFuture<String> heldEpoch = new CompletableFuture<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CompletableFuture<Integer> lateAnswer = new CompletableFuture<>();

  HoldingProxy(URI target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Waits until the first write is held, and returns its epoch. */
  String awaitHeldEpoch() throws Exception {
    return heldEpoch.get(90, TimeUnit.SECONDS);
  }

  /** Lets the held write go on, and returns what it was answered. */
  int releaseHeld() throws Exception {
    release.countDown();
    return lateAnswer.get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    release.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String epoch = exchange.getRequestHeaders().getFirst(EPOCH);
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean held = isFirst.compareAndSet(true, false);
      if (held) {
        heldEpoch.complete(epoch);
        release.await();
      }
      HttpRequest request =
          HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().getPath()))
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
              .header(EPOCH, epoch)
              .build();
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (held) {
        lateAnswer.complete(answer.statusCode());
      }
      byte[] text = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
