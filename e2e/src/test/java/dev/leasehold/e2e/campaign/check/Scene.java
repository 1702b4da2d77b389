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
  private static final BucketId BUCKET = new BucketId("webpage", 0);
  private static final long MILLI = 1_000_000;

  private final Map<String, List<TraceEvent>> events = new LinkedHashMap<>();
  private final Map<String, OptionalLong> kills = new LinkedHashMap<>();
  private final Map<String, List<TermMark>> marks = new HashMap<>();
  private final List<Interval> stalls = new ArrayList<>();
  private final List<Freeze> freezes = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Episode> episodes = new ArrayList<>();
  private final List<PageSight> sights = new ArrayList<>();
  private final List<LeaseLog.Version> versions = new ArrayList<>();
  private final List<LeaseLog.Gap> gaps = new ArrayList<>();
  private long observed = Long.MAX_VALUE;
  private long thread = TraceEvent.NO_THREAD;

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

  /** Runs the key for a bucket that isn't its own. */
  Scene runsElsewhere(long from, long until, String process, long epoch) {
    BucketId another = new BucketId("webpage", 1);
    return add(Kind.START, from, process, another, epoch, KEY, null)
        .add(Kind.END, until, process, another, epoch, KEY, null);
  }

  /** What comes next is on that thread. */
  Scene on(long thread) {
    this.thread = thread;
    return this;
  }

  /** Begins to run the key, and never says that it has ended. */
  Scene begins(long millis, String process, long epoch) {
    return add(Kind.START, millis, process, epoch, KEY);
  }

  /** Says that the key's run has ended. */
  Scene ends(long millis, String process, long epoch) {
    return add(Kind.END, millis, process, epoch, KEY);
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

  /** A status of that generation and epoch is seen. */
  Scene seen(long millis, long generation, long epoch) {
    sights.add(new PageSight(KEY, millis * MILLI, generation, epoch));
    return this;
  }

  /** That version of the bucket's Lease names that process. */
  Scene lease(long version, String holder) {
    versions.add(new LeaseLog.Version(version, BUCKET, identity(holder)));
    return this;
  }

  /** The watch of the Leases missed some versions. */
  Scene missed(long after, long until) {
    gaps.add(new LeaseLog.Gap(after, until));
    return this;
  }

  Scene episode(String fault, long from, long until, long allowed) {
    return episode(fault, from, until, until, allowed, false);
  }

  /** One during which a leader may be hindered, until it is healed. */
  Scene hindering(String fault, long from, long healed, long until, long allowed) {
    return episode(fault, from, healed, until, allowed, true);
  }

  private Scene episode(
      String fault, long from, long healed, long until, long allowed, boolean hinders) {
    Duration worst = Duration.ofMillis(allowed).minus(Rules.MARGIN);
    episodes.add(
        new Episode(
            fault,
            from * MILLI,
            healed * MILLI,
            until * MILLI,
            new Episode.Limits(Duration.ZERO, worst, Duration.ofSeconds(4), hinders)));
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
        sights,
        new LeaseLog(versions, gaps),
        episodes);
  }

  private Scene add(Kind kind, long millis, String who, long epoch, @Nullable String key) {
    return add(kind, millis, who, epoch, key, null);
  }

  private Scene add(
      Kind kind,
      long millis,
      String who,
      long epoch,
      @Nullable String key,
      @Nullable CloseCause cause) {
    return add(kind, millis, who, BUCKET, epoch, key, cause);
  }

  /** A process "a" is member "a_1"; written as "a_2" it is the second member of process "a". */
  private Scene add(
      Kind kind,
      long millis,
      String who,
      BucketId bucket,
      long epoch,
      @Nullable String key,
      @Nullable CloseCause cause) {
    String identity = identity(who);
    events
        .computeIfAbsent(identity.substring(0, identity.indexOf('_')), name -> new ArrayList<>())
        .add(new TraceEvent(kind, millis * MILLI, identity, bucket, epoch, key, thread, cause));
    return this;
  }

  private static String identity(String who) {
    return who.contains("_") ? who : who + "_1";
  }
}
