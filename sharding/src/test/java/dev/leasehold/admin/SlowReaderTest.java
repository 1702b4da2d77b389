package dev.leasehold.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.leasehold.time.Clocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader that doesn't read. */
@Timeout(60)
final class SlowReaderTest {

  /** More than any socket holds for a reader. */
  private static final String LONG = "x".repeat(20_000_000);

  private final AtomicInteger asked = new AtomicInteger();
  private final EventStreams streams =
      new EventStreams(
          () -> List.of(new Event("long", asked.incrementAndGet() + LONG)),
          Duration.ofMillis(20),
          Duration.ofMillis(500),
          Clocks.system());
  private final HttpServer server = server();

  private HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            assertThat(streams.open(streams.stream(exchange))).isTrue();
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void stop() {
    streams.close();
    server.stop(0);
  }

  @Test
  void isCutOffWhileOthersAreServedAndThenCostsNothing() throws Exception {
    try (Socket slow = connect();
        Socket quick = connect()) {
      int before = asked.get();
      byte[] buffer = new byte[1 << 16];
      long read = 0;
      while (read < 3L * LONG.length()) {
        int count = quick.getInputStream().read(buffer);
        assertThat(count).isPositive();
        read += count;
      }
      assertThat(asked.get()).isGreaterThan(before);
      // Without a cut it would stay open for ever, since nobody reads and nobody closes it.
      await().atMost(Duration.ofSeconds(20)).until(() -> alive() <= 1);
      assertThat(slow.isClosed()).isFalse();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> alive() == 0);
  }

  private long alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("leasehold-live-stream"))
        .count();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
