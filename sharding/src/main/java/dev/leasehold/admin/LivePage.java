package dev.leasehold.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A file of the live page, as it lies beside this class.
 *
 * @param path where it is served
 * @param file its name there
 * @param contentType of its text
 */
record LivePage(String path, String file, String contentType) {

  static final LivePage INDEX = new LivePage("/", "index.html", "text/html");
  static final LivePage STYLE = new LivePage("/live/style.css", "style.css", "text/css");
  static final LivePage SCRIPT = new LivePage("/live/page.js", "page.js", "text/javascript");

  /** Where the stream of events is. */
  static final String EVENTS = "/live/events";

  /** What the file says. */
  String text() {
    try (InputStream stream = LivePage.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("The file %s is missing in the jar.".formatted(file));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
