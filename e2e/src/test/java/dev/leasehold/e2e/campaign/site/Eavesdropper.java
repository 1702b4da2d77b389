package dev.leasehold.e2e.campaign.site;

import dev.leasehold.e2e.replica.Replica;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Listens for what nobody is to hear, at replicas' HTTP ports and in their files.
 *
 * <p>Used by one thread.
 */
final class Eavesdropper {

  /** The live page, its parts and its stream too. */
  private static final List<String> PATHS =
      List.of(
          "/",
          "/live/page.js",
          "/live/style.css",
          "/live/events",
          "/livez",
          "/readyz",
          "/shards",
          "/metrics",
          "/no-such-path");

  private static final int PATIENCE_MILLIS = 2000;

  /** More than the stream's first event, which tells everything. */
  private static final int ENOUGH = 1 << 20;

  private final Map<String, String> secrets;
  private final Set<String> heard = new LinkedHashSet<>();

  /**
   * Hears nothing yet.
   *
   * @param secrets what is secret, by what it is
   */
  Eavesdropper(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  /** Asks a replica's port for all that it tells; one that doesn't answer tells nothing. */
  void listen(Replica replica) {
    URI address = replica.isAlive() ? replica.address().orElse(null) : null;
    if (address == null) {
      return;
    }
    for (String path : PATHS) {
      try {
        search(path + " of " + replica.name(), answer(address.resolve(path)));
      } catch (IOException silent) {
        return;
      }
    }
  }

  /** Reads the files that a replica has written, as they are. */
  void read(Path folder, String replica) throws IOException {
    for (String kind : List.of("out", "err", "trace")) {
      Path file = folder.resolve(replica + "." + kind);
      if (Files.exists(file)) {
        search(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    }
  }

  private void search(String where, String text) {
    secrets.forEach(
        (what, secret) -> {
          if (text.contains(secret)) {
            heard.add("%s is in %s.".formatted(what, where));
          }
        });
  }

  /** The answer with its headers; of one that doesn't end, what comes before it pauses. */
  private static String answer(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    StringBuilder answer = new StringBuilder();
    try {
      boolean isError = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
      answer.append(connection.getHeaderFields());
      InputStream body = isError ? connection.getErrorStream() : connection.getInputStream();
      if (body == null) {
        return answer.toString();
      }
      boolean isStream =
          String.valueOf(connection.getContentType()).startsWith("text/event-stream");
      byte[] piece = new byte[1 << 16];
      for (int n = body.read(piece); n >= 0 && answer.length() < ENOUGH; n = body.read(piece)) {
        answer.append(new String(piece, 0, n, StandardCharsets.UTF_8));
        if (isStream && answer.toString().endsWith("\n\n")) {
          break;
        }
      }
    } catch (SocketTimeoutException pause) {
      return answer.toString();
    } finally {
      connection.disconnect();
    }
    return answer.toString();
  }

  /** What was heard so far, a sentence each. */
  List<String> heard() {
    return List.copyOf(heard);
  }
}
