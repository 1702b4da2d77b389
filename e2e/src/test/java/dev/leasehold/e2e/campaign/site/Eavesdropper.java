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
import java.util.Collections;
import java.util.LinkedHashMap;
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

  /** What none of the paths is, so that whoever doesn't know one answers so. */
  private static final String UNKNOWN = "/no-such-path";

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
          UNKNOWN);

  private static final List<String> FILES = List.of(".out", ".err", ".trace");

  private static final int PATIENCE_MILLIS = 2000;

  /** More than the stream's first event, which tells everything. */
  private static final int ENOUGH = 1 << 20;

  private final Map<String, String> secrets;
  private final Set<String> heard = new LinkedHashSet<>();

  /** Each of {@link #PATHS} and {@link #FILES}, if only with 0. */
  private final Map<String, Integer> searched = new LinkedHashMap<>();

  /**
   * Hears nothing yet.
   *
   * @param secrets what is secret, by what it is
   */
  Eavesdropper(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
    PATHS.forEach(path -> searched.put(path, 0));
    FILES.forEach(kind -> searched.put(kind, 0));
  }

  /** Asks a replica's port for all that it tells; one that doesn't answer tells nothing. */
  void listen(Replica replica) {
    if (replica.isAlive()) {
      replica.address().ifPresent(address -> listen(replica.name(), address));
    }
  }

  /** The same, of whatever is at an address. */
  void listen(String name, URI address) {
    for (String path : PATHS) {
      try {
        Answer answer = answer(address.resolve(path));
        search(path + " of " + name, answer.text());
        if (answer.isOfKnownPath() != path.equals(UNKNOWN)) {
          count(path);
        }
      } catch (IOException silent) {
        return;
      }
    }
  }

  /** Reads the files that a replica has written, as they are. */
  void read(Path folder, String replica) throws IOException {
    for (String kind : FILES) {
      Path file = folder.resolve(replica + kind);
      if (Files.exists(file)) {
        search(
            file.getFileName().toString(),
            new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        count(kind);
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

  private void count(String place) {
    searched.merge(place, 1, Integer::sum);
  }

  /**
   * What was answered.
   *
   * @param isOfKnownPath whether something is there
   * @param text with its headers; of one that doesn't end, what comes before it pauses
   */
  private record Answer(boolean isOfKnownPath, String text) {}

  private static Answer answer(URI address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try {
      int status = connection.getResponseCode();
      StringBuilder text = new StringBuilder().append(connection.getHeaderFields());
      InputStream body =
          status >= HttpURLConnection.HTTP_BAD_REQUEST
              ? connection.getErrorStream()
              : connection.getInputStream();
      if (body != null) {
        boolean isStream =
            String.valueOf(connection.getContentType()).startsWith("text/event-stream");
        read(body, isStream, text);
      }
      return new Answer(status != HttpURLConnection.HTTP_NOT_FOUND, text.toString());
    } finally {
      connection.disconnect();
    }
  }

  private static void read(InputStream body, boolean isStream, StringBuilder text)
      throws IOException {
    byte[] piece = new byte[1 << 16];
    try {
      for (int n = body.read(piece); n >= 0 && text.length() < ENOUGH; n = body.read(piece)) {
        text.append(new String(piece, 0, n, StandardCharsets.UTF_8));
        if (isStream && text.toString().endsWith("\n\n")) {
          return;
        }
      }
    } catch (SocketTimeoutException pause) {
      // That was all for now.
    }
  }

  /** What was heard so far, a sentence each. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** How often each path has answered, and each kind of file was there. */
  Map<String, Integer> searched() {
    return Collections.unmodifiableMap(searched);
  }
}
