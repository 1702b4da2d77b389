package dev.leasehold.e2e.campaign.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EavesdropperTest {

  private static final String SECRET = "s3cr3t";

  private final Eavesdropper eavesdropper = new Eavesdropper(Map.of("The token", SECRET));
  private HttpServer server;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/", 200, "nothing to hear");
    answer("/no-such-path", 404, "");
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void aSecretInAnAnswerIsFound() {
    answer("/metrics", 200, "leads{token=\"%s\"} 1".formatted(SECRET));

    listen();

    assertThat(eavesdropper.heard()).containsExactly("The token is in /metrics of r1.");
  }

  @Test
  void aSecretInAnErrorIsFound() {
    answer("/readyz", 503, "no answer to " + SECRET);

    listen();

    assertThat(eavesdropper.heard()).containsExactly("The token is in /readyz of r1.");
  }

  @Test
  void aSecretInAHeaderIsFound() {
    server.createContext(
        "/shards",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", SECRET);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });

    listen();

    assertThat(eavesdropper.heard()).containsExactly("The token is in /shards of r1.");
  }

  @Test
  void aSecretInAStreamThatDoesNotEndIsFound() {
    server.createContext(
        "/live/events",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("data: %s\n\n".formatted(SECRET).getBytes(UTF_8));
          exchange.getResponseBody().flush();
        });

    listen();

    assertThat(eavesdropper.heard()).containsExactly("The token is in /live/events of r1.");
  }

  @Test
  void aSecretInAFileOfTheReplicaIsFoundAndNotInThatOfAnother(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("r1.out"), "nothing to hear");
    Files.writeString(folder.resolve("r1.err"), "Bearer %s%n".formatted(SECRET));
    Files.writeString(folder.resolve("r2.trace"), SECRET);

    eavesdropper.read(folder, "r1");

    assertThat(eavesdropper.heard()).containsExactly("The token is in r1.err.");
    assertThat(eavesdropper.searched())
        .containsEntry(".out", 1)
        .containsEntry(".err", 1)
        .containsEntry(".trace", 0);
  }

  @Test
  void nothingIsFoundWhereNothingIsAndEachPathThatAnsweredIsCounted() {
    listen();
    listen();

    assertThat(eavesdropper.heard()).isEmpty();
    assertThat(eavesdropper.searched())
        .containsEntry("/", 2)
        .containsEntry("/live/events", 2)
        .containsEntry("/no-such-path", 2)
        .containsEntry(".out", 0);
  }

  @Test
  void whatIsNotThereHasNotAnswered() {
    answer("/metrics", 404, "");

    listen();

    assertThat(eavesdropper.searched()).containsEntry("/metrics", 0).containsEntry("/shards", 1);
  }

  @Test
  void aPortThatIsClosedHasNotAnswered() {
    server.stop(0);

    listen();

    assertThat(eavesdropper.searched().values()).containsOnly(0);
  }

  private void listen() {
    InetSocketAddress address = server.getAddress();
    eavesdropper.listen("r1", URI.create("http://127.0.0.1:" + address.getPort()));
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
  }
}
