package dev.leasehold.e2e.campaign.check;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.ProcessTrace;
import dev.leasehold.samples.demo.check.TraceEvent;
import dev.leasehold.samples.demo.check.TraceEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes down what happened to one bucket, in milliseconds. */
final class Scene {

  static final String KEY = "shop/page";
  private static final BucketSet BUCKETS = BucketSet.of("webpage", 1, KeyHash.NAME);
  private static final long MILLI = 1_000_000;

  private final Map<String, List<TraceEvent>> events = new LinkedHashMap<>();
  private final Map<String, OptionalLong> kills = new LinkedHashMap<>();
  private final List<Freeze> freezes = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Episode> episodes = new ArrayList<>();
  private long observed = Long.MAX_VALUE;

  Scene leads(long from, long until, String process, long epoch) {
    return promoted(from, process, epoch).demoted(until, process, epoch);
  }

  Scene promoted(long millis, String process, long epoch) {
    return add(Kind.PROMOTED, millis, process, epoch, null);
  }

  Scene demoted(long millis, String process, long epoch) {
    return add(Kind.DEMOTED, millis, process, epoch, null);
  }

  Scene runs(long from, long until, String process, long epoch) {
    return add(Kind.START, from, process, epoch, KEY).add(Kind.END, until, process, epoch, KEY);
  }

  Scene killed(long millis, String process) {
    kills.put(process, OptionalLong.of(millis * MILLI));
    return this;
  }

  Scene frozen(long from, long until, String process) {
    freezes.add(new Freeze(process, from * MILLI, until * MILLI, true));
    return this;
  }

  Scene choked(long from, long until, String process) {
    freezes.add(new Freeze(process, from * MILLI, until * MILLI, false));
    return this;
  }

  Scene changed(long millis, long generation) {
    changes.add(new Change(KEY, generation, millis * MILLI));
    return this;
  }

  Scene observed(long generation) {
    observed = generation;
    return this;
  }

  Scene episode(String fault, long from, long until, long allowed) {
    Duration limit = Duration.ofMillis(allowed);
    episodes.add(new Episode(fault, from * MILLI, until * MILLI, limit, limit));
    return this;
  }

  Evidence evidence() {
    History history =
        History.of(
            events.entrySet().stream()
                .map(
                    entry ->
                        new ProcessTrace(
                            entry.getKey(),
                            entry.getValue(),
                            kills.getOrDefault(entry.getKey(), OptionalLong.empty())))
                .toList());
    return new Evidence(BUCKETS, history, freezes, 1, changes, Map.of(KEY, observed), episodes);
  }

  private Scene add(Kind kind, long millis, String process, long epoch, @Nullable String key) {
    events
        .computeIfAbsent(process, name -> new ArrayList<>())
        .add(
            new TraceEvent(
                kind, millis * MILLI, process + "_1", new BucketId("webpage", 0), epoch, key));
    return this;
  }
}
