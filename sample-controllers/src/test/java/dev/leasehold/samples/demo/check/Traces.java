package dev.leasehold.samples.demo.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes down what replicas did, in milliseconds. */
final class Traces {

  static final long MILLI = 1_000_000;

  private final Map<String, List<TraceEvent>> events = new LinkedHashMap<>();
  private final Map<String, List<TermMark>> marks = new HashMap<>();
  private final Map<String, OptionalLong> kills = new LinkedHashMap<>();
  private long thread = TraceEvent.NO_THREAD;

  /** What comes next is on that thread. */
  Traces on(long thread) {
    this.thread = thread;
    return this;
  }

  Traces promoted(long millis, String process, int bucket, long epoch) {
    return add(TraceEvent.Kind.PROMOTED, millis, process, bucket, epoch, null);
  }

  Traces demoted(long millis, String process, int bucket, long epoch) {
    return add(TraceEvent.Kind.DEMOTED, millis, process, bucket, epoch, null);
  }

  Traces ran(long from, long to, String process, int bucket, long epoch, String key) {
    return started(from, process, bucket, epoch, key)
        .add(TraceEvent.Kind.END, to, process, bucket, epoch, key);
  }

  Traces started(long millis, String process, int bucket, long epoch, String key) {
    return add(TraceEvent.Kind.START, millis, process, bucket, epoch, key);
  }

  Traces ended(long millis, String process, int bucket, long epoch, String key) {
    return add(TraceEvent.Kind.END, millis, process, bucket, epoch, key);
  }

  Traces valid(long millis, String process, long until) {
    marks
        .computeIfAbsent(process, name -> new ArrayList<>())
        .add(new TermMark(millis * MILLI, process + "_1", until * MILLI));
    return this;
  }

  Traces killed(long millis, String process) {
    kills.put(process, OptionalLong.of(millis * MILLI));
    return this;
  }

  History history() {
    return History.of(
        events.entrySet().stream()
            .map(
                entry ->
                    new ProcessTrace(
                        entry.getKey(),
                        entry.getValue(),
                        marks.getOrDefault(entry.getKey(), List.of()),
                        kills.getOrDefault(entry.getKey(), OptionalLong.empty())))
            .toList());
  }

  /** A process "a" is member "a_1"; written as "a_2" it is the second member of process "a". */
  private Traces add(
      TraceEvent.Kind kind, long millis, String who, int bucket, long epoch, @Nullable String key) {
    String identity = who.contains("_") ? who : who + "_1";
    events
        .computeIfAbsent(identity.substring(0, identity.indexOf('_')), name -> new ArrayList<>())
        .add(
            new TraceEvent(
                kind,
                millis * MILLI,
                identity,
                new BucketId("webpage", bucket),
                epoch,
                key,
                thread,
                null));
    return this;
  }
}
