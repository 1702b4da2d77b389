package dev.leasehold.e2e.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.e2e.replica.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a replica's live page is sent: one reading of its two server-sent events.
 *
 * @param status the members and the last moves
 * @param buckets who leads what
 */
record LivePageFeed(JsonNode status, JsonNode buckets) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENT = "event: ";
  private static final String DATA = "data: ";

  /**
   * A move as the page shows it.
   *
   * @param bucket which bucket
   * @param from the holder before; empty if there was none
   * @param to the new holder
   * @param cause how it came, in the page's words
   * @param unledMillis for how long nobody worked on it; -1 if the page doesn't say
   */
  record Move(String bucket, String from, String to, String cause, long unledMillis) {}

  /**
   * A bucket as the page shows it.
   *
   * @param holder the name of its holder; empty if it has none
   * @param state how it stands, in the page's words
   * @param epoch its epoch
   */
  record Cell(String holder, String state, String epoch) {}

  /** Opens the page's stream, and closes it once each event has come. */
  static LivePageFeed of(Replica replica) {
    URI events = replica.address().orElseThrow().resolve("/live/events");
    HttpRequest request = HttpRequest.newBuilder(events).timeout(Duration.ofSeconds(10)).build();
    Map<String, JsonNode> read = new HashMap<>();
    try (Stream<String> lines =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
      String name = "";
      for (Iterator<String> all = lines.iterator(); read.size() < 2 && all.hasNext(); ) {
        String line = all.next();
        if (line.startsWith(EVENT)) {
          name = line.substring(EVENT.length());
        } else if (line.startsWith(DATA)) {
          read.put(name, JSON.readTree(line.substring(DATA.length())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    JsonNode status = read.get("status");
    JsonNode buckets = read.get("buckets");
    if (status == null || buckets == null) {
      throw new AssertionError("The stream has ended after " + read.keySet());
    }
    return new LivePageFeed(status, buckets);
  }

  /** The last moves, the newest first. */
  List<Move> moves() {
    return nodes(status.get("moves"))
        .map(
            move ->
                new Move(
                    move.get("bucket").asText(),
                    move.get("fromName").asText(),
                    move.get("toName").asText(),
                    move.get("cause").asText(),
                    move.path("unledMillis").asLong(-1)))
        .toList();
  }

  /** The buckets by the names of their Leases, without the component. */
  Map<String, Cell> cells() {
    Map<String, String> names = names();
    Map<String, Cell> cells = new TreeMap<>();
    for (JsonNode layout : buckets.get("layouts")) {
      int index = 0;
      for (JsonNode cell : layout.get("buckets")) {
        String suffix =
            "%s.%02d-of-%02d"
                .formatted(layout.get("controller").asText(), index, layout.get("count").asInt());
        cells.put(
            suffix,
            new Cell(
                names.getOrDefault(cell.get("letter").asText(), ""),
                cell.get("state").asText(),
                cell.get("epoch").asText()));
        index++;
      }
    }
    return cells;
  }

  private Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    nodes(status.get("members"))
        .forEach(member -> names.put(member.get("letter").asText(), member.get("name").asText()));
    return names;
  }

  private static Stream<JsonNode> nodes(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
