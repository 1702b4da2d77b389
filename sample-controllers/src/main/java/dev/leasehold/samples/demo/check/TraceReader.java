package dev.leasehold.samples.demo.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a trace. Thread-safe. */
public final class TraceReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TraceReader() {}

  /**
   * Reads a whole trace. A last line without a line end was being written when the process died; it
   * is left out.
   *
   * @param text the file's content
   * @throws IllegalArgumentException if another line makes no sense
   */
  public static List<TraceEvent> read(String text) {
    int complete = text.lastIndexOf('\n') + 1;
    List<TraceEvent> events = new ArrayList<>();
    text.substring(0, complete)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              TraceEvent event = event(line);
              if (event != null) {
                events.add(event);
              }
            });
    return events;
  }

  /** Reads one line; null if it is of a kind that no check looks at. */
  private static @Nullable TraceEvent event(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      TraceEvent.Kind kind = kind(json.path("event").asText());
      if (kind == null) {
        return null;
      }
      TraceEvent event =
          new TraceEvent(
              kind,
              field(json, "nanos").asLong(),
              field(json, "identity").asText(),
              new BucketId(field(json, "controller").asText(), field(json, "bucket").asInt()),
              Long.parseUnsignedLong(field(json, "epoch").asText()),
              json.hasNonNull("key") ? json.get("key").asText() : null);
      if (event.isAboutKey() && event.key() == null) {
        throw new IllegalArgumentException("A line of a trace lacks its key: " + line);
      }
      return event;
    } catch (JsonProcessingException | NumberFormatException e) {
      throw new IllegalArgumentException("This is no line of a trace: " + line, e);
    }
  }

  private static TraceEvent.@Nullable Kind kind(String name) {
    for (TraceEvent.Kind kind : TraceEvent.Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    return null;
  }

  private static JsonNode field(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("A line of a trace lacks '" + name + "': " + json);
    }
    return value;
  }
}
