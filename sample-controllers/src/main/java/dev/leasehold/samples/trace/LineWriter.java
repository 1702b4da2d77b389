package dev.leasehold.samples.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.leasehold.admin.ShardsPage;
import dev.leasehold.controller.ResourceKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects of JSON, a line each and each in one write, so that lines of several processes
 * don't mix.
 *
 * <p>A line needs no memory, unless its epoch is 2^63 or more or its key longer than Kubernetes has
 * them, so that a process whose heap is full tells what it does all the same. Not thread-safe.
 */
final class LineWriter implements AutoCloseable {

  private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("").build();

  /** Two names of Kubernetes and a slash. */
  private static final int LONGEST_KEY = 253 + 1 + 253;

  /** More than a line with the longest key takes. */
  private static final int LONGEST_LINE = 8000;

  private final OutputStream file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(LONGEST_LINE);
  private final char[] key = new char[LONGEST_KEY];
  private JsonGenerator json;

  /** Whether a line has been begun and not ended. */
  private boolean isOpen;

  LineWriter(OutputStream file) throws IOException {
    this.file = file;
    this.json = JSON.createGenerator(line);
    // Makes all that the first line would have to.
    begin("", 0, "");
    json.writeEndObject();
    json.flush();
    isOpen = false;
  }

  /** A line that was begun before and could not be ended is left out. */
  void begin(String event, long nanos, String identity) throws IOException {
    if (isOpen) {
      json = JSON.createGenerator(line);
    }
    isOpen = true;
    line.reset();
    json.writeStartObject();
    json.writeStringField("event", event);
    json.writeNumberField("nanos", nanos);
    json.writeStringField("identity", identity);
  }

  void text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  void number(String name, long value) throws IOException {
    json.writeNumberField(name, value);
  }

  void epoch(long epoch) throws IOException {
    if (epoch >= 0) {
      json.writeNumberField("epoch", epoch);
    } else {
      json.writeFieldName("epoch");
      json.writeNumber(ShardsPage.unsigned(epoch));
    }
  }

  /** As its {@code toString} has it. */
  void key(ResourceKey value) throws IOException {
    int slash = value.namespace().length();
    int length = slash == 0 ? value.name().length() : slash + 1 + value.name().length();
    if (length > key.length) {
      json.writeStringField("key", value.toString());
      return;
    }
    value.namespace().getChars(0, slash, key, 0);
    if (slash > 0) {
      key[slash] = '/';
    }
    value.name().getChars(0, value.name().length(), key, length - value.name().length());
    json.writeFieldName("key");
    json.writeString(key, 0, length);
  }

  void end() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
    isOpen = false;
    line.writeTo(file);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
