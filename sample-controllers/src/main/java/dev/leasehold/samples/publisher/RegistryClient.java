package dev.leasehold.samples.publisher;

import dev.leasehold.samples.registry.RegistryServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Writes to a registry, each time with an epoch. Thread-safe; each call blocks for the answer. */
final class RegistryClient {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI registry;

  /** What became of a write. */
  enum Answer {
    /** It is what the registry holds now. */
    ACCEPTED,
    /** A newer epoch has written before: whoever wrote this no longer leads. */
    TOO_LATE
  }

  /**
   * A client of one registry.
   *
   * @param registry its address, such as {@code http://registry:8090}
   */
  RegistryClient(URI registry) {
    this.registry = registry;
  }

  /**
   * Publishes a text under a name.
   *
   * @throws IOException if the registry doesn't answer as it should; the write may have arrived
   */
  Answer put(String name, String text, long epoch) throws IOException, InterruptedException {
    return send(request(name, epoch).PUT(BodyPublishers.ofString(text)).build());
  }

  /**
   * Withdraws what was published under a name.
   *
   * @throws IOException as for {@link #put}
   */
  Answer delete(String name, long epoch) throws IOException, InterruptedException {
    return send(request(name, epoch).DELETE().build());
  }

  private HttpRequest.Builder request(String name, long epoch) {
    return HttpRequest.newBuilder(registry.resolve("/services/" + name))
        .timeout(PATIENCE)
        .header(RegistryServer.EPOCH, Long.toUnsignedString(epoch));
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return switch (answer.statusCode()) {
      case HttpURLConnection.HTTP_NO_CONTENT -> Answer.ACCEPTED;
      case HttpURLConnection.HTTP_PRECON_FAILED -> Answer.TOO_LATE;
      default ->
          throw new IOException(
              "The registry answered %d: %s".formatted(answer.statusCode(), answer.body().strip()));
    };
  }
}
