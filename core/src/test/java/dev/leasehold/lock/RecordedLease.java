package dev.leasehold.lock;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A version of a Lease that client-go 0.20.2 and our elector led by in turns, as a real API server
 * showed it. {@code ClientGoRecording} in the module {@code e2e} records them.
 *
 * @param seconds when it was seen, after the recording began
 * @param lock what our own adapter reads in it
 * @param byGo whether client-go wrote it, as the API server's field managers say
 */
public record RecordedLease(double seconds, LockSnapshot lock, boolean byGo) {

  private static final String HISTORY = "/client-go/history.jsonl";

  /** All versions, the oldest first. */
  public static List<RecordedLease> all() {
    try (InputStream lines = RecordedLease.class.getResourceAsStream(HISTORY)) {
      return new String(
              Objects.requireNonNull(lines, HISTORY).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(RecordedLease::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static RecordedLease read(String line) {
    JsonNode node = Serialization.unmarshal(line, JsonNode.class);
    Lease lease = Serialization.unmarshal(node.get("object").toString(), Lease.class);
    LockSnapshot lock = new LeaseFormat().snapshot(lease);
    var writers = lease.getMetadata().getManagedFields();
    // Of two managers the one whose fields include the renewal wrote last.
    boolean byGo =
        writers.stream()
            .anyMatch(
                writer ->
                    writer.getManager().equals("leader-election")
                        && writer.getFieldsV1().toString().contains("f:renewTime"));
    return new RecordedLease(node.get("millis").asLong() / 1000.0, lock, byGo);
  }
}
