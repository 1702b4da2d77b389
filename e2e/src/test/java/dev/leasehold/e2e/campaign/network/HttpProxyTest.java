package dev.leasehold.e2e.campaign.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpProxyTest {

  private final Semaphore events = new Semaphore(0);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpServer server;
  private HttpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/watch",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!Thread.currentThread().isInterrupted()) {
            events.acquireUninterruptibly();
            exchange.getResponseBody().write('e');
            exchange.getResponseBody().flush();
          }
        });
    server.start();
    proxy = new HttpProxy(server.getAddress().getPort(), SocketFactory.getDefault());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aRequestArrivesWithItsBodyWhetherItsLengthIsKnownOrNot() throws Exception {
    String body = "x".repeat(100_000);

    assertThat(send("PUT", BodyPublishers.ofString(body)).body()).isEqualTo(body);
    assertThat(
            send(
                    "PUT",
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(UTF_8))))
                .body())
        .isEqualTo(body);
  }

  @Test
  void allRequestsOrWritesAloneAreRefusedAndThenNoneAnyMore() throws Exception {
    proxy.refuse(Optional.of(Refusal.BROKEN));
    assertThat(send("GET", BodyPublishers.noBody()).statusCode()).isEqualTo(500);

    proxy.refuse(Optional.of(Refusal.TOO_MANY_WRITES));
    assertThat(send("GET", BodyPublishers.noBody()).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = send("PATCH", BodyPublishers.ofString("{}"));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.body()).contains("TooManyRequests");

    proxy.refuse(Optional.empty());
    assertThat(send("PATCH", BodyPublishers.ofString("{}")).statusCode()).isEqualTo(200);
  }

  @Test
  void aWatchThatIsOpenHearsEachEventAtOnceAndIsNotRefused() throws Exception {
    events.release();
    InputStream watch = http.send(request("/watch").build(), BodyHandlers.ofInputStream()).body();
    assertThat(watch.read()).isEqualTo('e');

    proxy.refuse(Optional.of(Refusal.BROKEN));
    events.release();

    assertThat(watch.read()).isEqualTo('e');
  }

  private HttpResponse<String> send(String method, HttpRequest.BodyPublisher body)
      throws Exception {
    return http.send(request("/").method(method, body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path))
        .timeout(Duration.ofSeconds(20));
  }
}
