package dev.leasehold.samples.demo.check;

import dev.leasehold.claim.CloseCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The replay of one process's trace. Not thread-safe. */
final class Replay {

  /** What a line of the trace stands for. */
  private record Step(long nanos, Runnable action) {}

  /** A reconcile that has begun, and the thread that it is on. */
  private record Running(KeyRun run, long thread) {

    boolean isEndedBy(TraceEvent event) {
      return run.epoch() == event.epoch()
          && run.identity().equals(event.identity())
          && run.bucket().equals(event.bucket())
          && run.key().equals(Replay.key(event))
          && thread == event.thread();
    }

    boolean isBefore(TraceEvent next) {
      return thread != TraceEvent.NO_THREAD && thread == next.thread();
    }
  }

  private final ProcessTrace trace;
  private final List<Oddity> oddities;
  private final List<LedSpan> spans = new ArrayList<>();
  private final List<KeyRun> runs = new ArrayList<>();
  private final List<KeyRun> unbegun = new ArrayList<>();
  private final Map<BucketId, TraceEvent> promotions = new HashMap<>();
  private final List<Running> running = new ArrayList<>();

  /** When each thread traced its last line. */
  private final Map<Long, Long> lastLines = new HashMap<>();

  /** Until when each member's term stands, as far as the lines so far say. */
  private final Map<String, Long> validUntil = new HashMap<>();

  Replay(ProcessTrace trace, List<Oddity> oddities) {
    this.trace = trace;
    this.oddities = oddities;
  }

  /** Who led which bucket when. */
  List<LedSpan> spans() {
    return spans;
  }

  /** The reconciles. */
  List<KeyRun> runs() {
    return runs;
  }

  /** The last moment of each reconcile whose start is untold. */
  List<KeyRun> unbegun() {
    return unbegun;
  }

  /** Replays all lines in their order; to be called once. */
  void run() {
    List<Step> steps = new ArrayList<>();
    // Marks first, for a mark and an event of the same time: the sorting is stable.
    trace.marks().forEach(mark -> steps.add(new Step(mark.nanos(), () -> apply(mark))));
    trace.events().forEach(event -> steps.add(new Step(event.nanos(), () -> apply(event))));
    steps.sort(Comparator.comparingLong(Step::nanos));
    steps.forEach(step -> step.action().run());
    finish();
  }

  private void apply(TermMark mark) {
    validUntil.merge(mark.identity(), mark.validUntilNanos(), Math::max);
  }

  private void apply(TraceEvent event) {
    OptionalLong killed = trace.killedAtNanos();
    if (killed.isPresent() && event.nanos() > killed.getAsLong()) {
      odd("did something after its death", event);
    }
    switch (event.kind()) {
      case PROMOTED -> promoted(event);
      case DEMOTED -> demoted(event);
      case START -> started(event);
      case END -> ended(event);
    }
  }

  private void promoted(TraceEvent event) {
    TraceEvent open = promotions.put(event.bucket(), event);
    if (open != null) {
      odd("was promoted again without a demotion", event);
      spans.add(span(open, event.nanos(), false, Optional.empty()));
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
      spans.add(span(open, event.nanos(), false, Optional.ofNullable(event.cause())));
    }
  }

  private void started(TraceEvent event) {
    endUntold(event);
    lastLines.put(event.thread(), event.nanos());
    running.add(new Running(begun(event), event.thread()));
  }

  /** A thread does one thing after the other: its next line tells the end of what it did before. */
  private void endUntold(TraceEvent next) {
    for (Iterator<Running> each = running.iterator(); each.hasNext(); ) {
      Running before = each.next();
      if (before.isBefore(next)) {
        each.remove();
        runs.add(before.run().endedAt(next.nanos()));
        untoldEnd(before.run(), next.nanos());
      }
    }
  }

  private void ended(TraceEvent event) {
    Long before = lastLines.put(event.thread(), event.nanos());
    for (Iterator<Running> each = running.iterator(); each.hasNext(); ) {
      Running one = each.next();
      if (one.isEndedBy(event)) {
        each.remove();
        runs.add(one.run().endedAt(event.nanos()));
        return;
      }
    }
    String what = "ended a reconcile that had not begun";
    if (running.stream()
        .anyMatch(one -> one.isBefore(event) && one.run().key().equals(key(event)))) {
      odd(what, event);
    } else {
      endUntold(event);
      odd(Oddity.Kind.UNTOLD, before == null ? event.nanos() : before, what, event);
    }
    // All that is known of it is that it was running right before.
    unbegun.add(begun(event).beganAt(event.nanos() - 1).endedAt(event.nanos()));
  }

  private void finish() {
    OptionalLong killed = trace.killedAtNanos();
    long end = killed.orElse(LedSpan.OPEN);
    promotions
        .values()
        .forEach(open -> spans.add(span(open, end, killed.isPresent(), Optional.empty())));
    running.forEach(one -> runs.add(one.run().endedAt(end)));
    if (killed.isEmpty()) {
      running.forEach(one -> untoldEnd(one.run(), LedSpan.OPEN));
    }
  }

  private void untoldEnd(KeyRun run, long until) {
    oddities.add(
        new Oddity(
            trace.process(),
            Oddity.Kind.UNTOLD,
            run.startNanos(),
            until,
            run + " has no end in the trace."));
  }

  private LedSpan span(TraceEvent promotion, long until, boolean cut, Optional<CloseCause> cause) {
    return new LedSpan(
        trace.process(),
        promotion.identity(),
        promotion.bucket(),
        promotion.epoch(),
        promotion.nanos(),
        until,
        validUntil.getOrDefault(promotion.identity(), LedSpan.OPEN),
        cut,
        cause);
  }

  private KeyRun begun(TraceEvent start) {
    return new KeyRun(
        trace.process(),
        start.identity(),
        key(start),
        start.bucket(),
        start.epoch(),
        start.nanos(),
        validUntil.getOrDefault(start.identity(), LedSpan.OPEN),
        LedSpan.OPEN);
  }

  private static String key(TraceEvent event) {
    return event.key() == null ? "" : event.key();
  }

  private void odd(String what, TraceEvent event) {
    odd(Oddity.Kind.MISPLACED, event.nanos(), what, event);
  }

  private void odd(Oddity.Kind kind, long from, String what, TraceEvent event) {
    String text =
        "%s %s (bucket %s, epoch %s%s)."
            .formatted(
                event.identity(),
                what,
                event.bucket(),
                Long.toUnsignedString(event.epoch()),
                event.key() == null ? "" : ", key " + event.key());
    oddities.add(new Oddity(trace.process(), kind, from, event.nanos(), text));
  }
}
