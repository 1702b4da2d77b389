package dev.leasehold.e2e.campaign.check;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.claim.CloseCause;
import dev.leasehold.e2e.campaign.check.Intervals.Interval;
import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.ProcessTrace;
import dev.leasehold.samples.demo.check.TermMark;
import dev.leasehold.samples.demo.check.TraceEvent;
import dev.leasehold.samples.demo.check.TraceEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final Map<String, List<TermMark>> marks = new HashMap<>();
  private final List<Interval> stalls = new ArrayList<>();
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

  /** Gives the bucket away, knowing what still runs. */
  Scene handsOver(long millis, String process, long epoch) {
    return add(Kind.DEMOTED, millis, process, epoch, null, CloseCause.HAND_OVER);
  }

  /** Learns that its term stands until then. */
  Scene renewed(long millis, String process, long until) {
    marks
        .computeIfAbsent(process, name -> new ArrayList<>())
        .add(new TermMark(millis * MILLI, identity(process), until * MILLI));
    return this;
  }

  /** The machine was too busy for anything. */
  Scene stalled(long from, long until) {
    stalls.add(new Interval(from * MILLI, until * MILLI));
    return this;
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
                            marks.getOrDefault(entry.getKey(), List.of()),
                            kills.getOrDefault(entry.getKey(), OptionalLong.empty())))
                .toList());
    return new Evidence(
        BUCKETS,
        history,
        freezes,
        new Intervals(stalls),
        1,
        changes,
        Map.of(KEY, observed),
        episodes);
  }

  private Scene add(Kind kind, long millis, String who, long epoch, @Nullable String key) {
    return add(kind, millis, who, epoch, key, null);
  }

  /** A process "a" is member "a_1"; written as "a_2" it is the second member of process "a". */
  private Scene add(
      Kind kind,
      long millis,
      String who,
      long epoch,
      @Nullable String key,
      @Nullable CloseCause cause) {
    String identity = identity(who);
    events
        .computeIfAbsent(identity.substring(0, identity.indexOf('_')), name -> new ArrayList<>())
        .add(
            new TraceEvent(
                kind, millis * MILLI, identity, new BucketId("webpage", 0), epoch, key, cause));
    return this;
  }

  private static String identity(String who) {
    return who.contains("_") ? who : who + "_1";
  }
}
