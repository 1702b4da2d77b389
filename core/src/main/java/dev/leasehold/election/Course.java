package dev.leasehold.election;

import dev.leasehold.time.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a participant stands while one step is being taken: the parts of the state, changed one by
 * one, and the effects gathered so far. Lives on one stack frame; not thread-safe.
 */
final class Course {

  /** "As soon as possible", and still a number that can be subtracted from. */
  static final long AT_ONCE = Long.MIN_VALUE;

  final ElectionSettings settings;
  final Timings timings;
  final Now now;
  final Sightings seen;
  final List<Effect> effects = new ArrayList<>();

  Phase phase;
  @Nullable Term lastTerm;
  long lastAttempt;
  long nextTryNanos;
  boolean resigning;
  Map<String, String> labels;
  Map<String, String> annotations;

  Course(ElectionState state, Now now) {
    this.settings = state.settings();
    this.timings = settings.timings();
    this.now = now;
    this.seen = new Sightings(state, now);
    this.phase = state.phase();
    this.lastTerm = state.lastTerm();
    this.lastAttempt = state.lastAttempt();
    this.nextTryNanos = state.nextTryNanos();
    this.resigning = state.resigning();
    this.labels = state.labels();
    this.annotations = state.annotations();
  }

  void end(Term term, EndCause cause) {
    phase = new Phase.Ending(term);
    lastTerm = term;
    effects.add(new Effect.End(term, cause));
  }

  void finish() {
    if (!(phase instanceof Phase.Over)) {
      phase = new Phase.Over();
      effects.add(new Effect.Finished());
    }
  }

  boolean isShared() {
    return settings.lockKind() == ElectionSettings.LockKind.SHARED;
  }

  Election.Step result(OptionalLong wakeAtNanos) {
    ElectionState state =
        new ElectionState(
            settings,
            phase,
            seen.view(),
            seen.count(),
            seen.isOwnVersion(),
            lastTerm,
            seen.attempts(),
            seen.inFlight(),
            lastAttempt,
            nextTryNanos,
            seen.suspectAtNanos(),
            resigning,
            labels,
            annotations);
    return new Election.Step(state, List.copyOf(effects), wakeAtNanos);
  }
}
