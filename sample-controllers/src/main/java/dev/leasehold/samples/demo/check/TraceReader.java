package dev.leasehold.samples.demo.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.claim.CloseCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a trace. Thread-safe. */
public final class TraceReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> TERM_GOES_ON = Set.of("joined", "renewed");

  private TraceReader() {}

  /**
   * Reads a whole trace. A last line without a line end was being written when the process died; it
   * is left out.
   *
   * @param text the file's content
   * @throws IllegalArgumentException if another line makes no sense
   */
  public static List<TraceEvent> read(String text) {
    List<TraceEvent> events = new ArrayList<>();
    for (JsonNode json : lines(text)) {
      TraceEvent event = event(json);
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  /**
   * Reads what a whole trace says of the end of terms; nothing, if it is of a version that doesn't.
   *
   * @param text the file's content
   * @throws IllegalArgumentException if a line makes no sense
   */
  public static List<TermMark> marks(String text) {
    List<TermMark> marks = new ArrayList<>();
    for (JsonNode json : lines(text)) {
      if (TERM_GOES_ON.contains(json.path("event").asText()) && json.hasNonNull("validUntil")) {
        marks.add(
            new TermMark(
                field(json, "nanos").asLong(),
                field(json, "identity").asText(),
                json.get("validUntil").asLong()));
      }
    }
    return marks;
  }

  private static List<JsonNode> lines(String text) {
    int complete = text.lastIndexOf('\n') + 1;
    List<JsonNode> lines = new ArrayList<>();
    text.substring(0, complete)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> lines.add(json(line)));
    return lines;
  }

  private static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no line of a trace: " + line, e);
    }
  }

  /** Reads one line; null if it is of a kind that no check looks at. */
  private static @Nullable TraceEvent event(JsonNode json) {
    TraceEvent.Kind kind = constant(TraceEvent.Kind.class, json.path("event").asText());
    if (kind == null) {
      return null;
    }
    TraceEvent event =
        new TraceEvent(
            kind,
            field(json, "nanos").asLong(),
            field(json, "identity").asText(),
            new BucketId(field(json, "controller").asText(), field(json, "bucket").asInt()),
            epoch(json),
            json.hasNonNull("key") ? json.get("key").asText() : null,
            json.path("thread").asLong(TraceEvent.NO_THREAD),
            constant(CloseCause.class, json.path("cause").asText()));
    if (event.isAboutKey() && event.key() == null) {
      throw new IllegalArgumentException("A line of a trace lacks its key: " + json);
    }
    return event;
  }

  private static long epoch(JsonNode json) {
    try {
      return Long.parseUnsignedLong(field(json, "epoch").asText());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("This is no line of a trace: " + json, e);
    }
  }

  private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
        return constant;
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
