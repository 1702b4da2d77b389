package dev.leasehold.admin;

import java.nio.charset.StandardCharsets;

/**
 * A server-sent event.
 *
 * @param name its name, a word
 * @param data its data, a single line
 */
public record Event(String name, String data) {

  /** What is sent to keep a stream open that has nothing new. */
  static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  /**
   * Checks that it stays one event.
   *
   * @throws IllegalArgumentException if name or data have a line break
   */
  public Event {
    if ((name + data).chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new IllegalArgumentException("An event's name and data are a line each.");
    }
  }

  byte[] bytes() {
    return "event: %s\ndata: %s\n\n".formatted(name, data).getBytes(StandardCharsets.UTF_8);
  }
}
