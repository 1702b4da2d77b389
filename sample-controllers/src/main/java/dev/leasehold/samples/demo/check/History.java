package dev.leasehold.samples.demo.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What all replicas did, put together from their traces.
 *
 * @param spans who led which bucket when, by promotion
 * @param runs all reconciles, by start
 * @param oddities lines that make no sense where they are, a sentence each
 */
public record History(List<LedSpan> spans, List<KeyRun> runs, List<String> oddities) {

  /** Copies the lists. */
  public History {
    spans = List.copyOf(spans);
    runs = List.copyOf(runs);
    oddities = List.copyOf(oddities);
  }

  /** Puts the traces of all processes together. */
  public static History of(List<ProcessTrace> traces) {
    List<LedSpan> spans = new ArrayList<>();
    List<KeyRun> runs = new ArrayList<>();
    List<String> oddities = new ArrayList<>();
    for (ProcessTrace trace : traces) {
      Replay replay = new Replay(trace, oddities);
      trace.events().stream()
          .sorted(Comparator.comparingLong(TraceEvent::nanos))
          .forEach(replay::apply);
      replay.finish();
      spans.addAll(replay.spans);
      runs.addAll(replay.runs);
    }
    spans.sort(Comparator.comparingLong(LedSpan::fromNanos));
    runs.sort(Comparator.comparingLong(KeyRun::startNanos));
    return new History(spans, runs, oddities);
  }

  /** Who led each bucket, by promotion. */
  public Map<BucketId, List<LedSpan>> spansByBucket() {
    Map<BucketId, List<LedSpan>> byBucket = new TreeMap<>();
    spans.forEach(
        span -> byBucket.computeIfAbsent(span.bucket(), bucket -> new ArrayList<>()).add(span));
    return byBucket;
  }

  /** The replay of one process's events, in their order. */
  private static final class Replay {

    private final ProcessTrace trace;
    private final List<String> oddities;
    private final List<LedSpan> spans = new ArrayList<>();
    private final List<KeyRun> runs = new ArrayList<>();
    private final Map<BucketId, TraceEvent> promotions = new HashMap<>();
    private final List<TraceEvent> starts = new ArrayList<>();

    Replay(ProcessTrace trace, List<String> oddities) {
      this.trace = trace;
      this.oddities = oddities;
    }

    void apply(TraceEvent event) {
      OptionalLong killed = trace.killedAtNanos();
      if (killed.isPresent() && event.nanos() > killed.getAsLong()) {
        odd("did something after its death", event);
      }
      switch (event.kind()) {
        case PROMOTED -> promoted(event);
        case DEMOTED -> demoted(event);
        case START -> starts.add(event);
        case END -> ended(event);
      }
    }

    private void promoted(TraceEvent event) {
      TraceEvent open = promotions.put(event.bucket(), event);
      if (open != null) {
        odd("was promoted again without a demotion", event);
        spans.add(span(open, event.nanos(), false));
      }
    }

    private void demoted(TraceEvent event) {
      TraceEvent open = promotions.get(event.bucket());
      if (open == null
          || open.epoch() != event.epoch()
          || !open.identity().equals(event.identity())) {
        odd("was demoted without a promotion", event);
      } else {
        promotions.remove(event.bucket());
        spans.add(span(open, event.nanos(), false));
      }
    }

    private void ended(TraceEvent event) {
      for (Iterator<TraceEvent> each = starts.iterator(); each.hasNext(); ) {
        TraceEvent start = each.next();
        if (start.epoch() == event.epoch()
            && start.identity().equals(event.identity())
            && start.bucket().equals(event.bucket())
            && key(start).equals(key(event))) {
          each.remove();
          runs.add(run(start, event.nanos()));
          return;
        }
      }
      odd("ended a reconcile that had not begun", event);
    }

    void finish() {
      OptionalLong killed = trace.killedAtNanos();
      long end = killed.orElse(LedSpan.OPEN);
      promotions.values().forEach(open -> spans.add(span(open, end, killed.isPresent())));
      starts.forEach(open -> runs.add(run(open, end)));
      if (killed.isEmpty()) {
        starts.forEach(open -> odd("began a reconcile that never ended", open));
      }
    }

    private LedSpan span(TraceEvent promotion, long until, boolean cut) {
      return new LedSpan(
          trace.process(),
          promotion.identity(),
          promotion.bucket(),
          promotion.epoch(),
          promotion.nanos(),
          until,
          cut);
    }

    private KeyRun run(TraceEvent start, long end) {
      return new KeyRun(
          trace.process(),
          start.identity(),
          key(start),
          start.bucket(),
          start.epoch(),
          start.nanos(),
          end);
    }

    private static String key(TraceEvent event) {
      return event.key() == null ? "" : event.key();
    }

    private void odd(String what, TraceEvent event) {
      oddities.add(
          "%s %s (bucket %s, epoch %s%s)."
              .formatted(
                  event.identity(),
                  what,
                  event.bucket(),
                  Long.toUnsignedString(event.epoch()),
                  event.key() == null ? "" : ", key " + event.key()));
    }
  }
}
