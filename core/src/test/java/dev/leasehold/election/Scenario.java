package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.Now;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One participant with the usual 15 s, 10 s and 2 s, under a clock that the test moves. Timers fire
 * by themselves as time passes; what the watch shows and what the store answers is told line by
 * line.
 */
final class Scenario {

  static final String ME = "me";
  static final long SECOND = 1_000_000_000L;

  /**
   * Not zero, so that nothing relies on the origin; near the overflow, where a sloppy test of order
   * breaks.
   */
  private static final long ORIGIN = Long.MAX_VALUE - 40 * SECOND;

  private static final long WALL = 1_700_000_000_000L;

  private ElectionState state;
  private OptionalLong wakeAt = OptionalLong.empty();
  private long nanos = ORIGIN;
  private long wallMillis = WALL;
  private final List<Effect> effects = new ArrayList<>();

  private Scenario(ElectionSettings.LockKind kind) {
    state = Election.begin(new ElectionSettings(ME, "run", Timings.defaults(), kind));
  }

  /** A plain election that has seen nothing yet. */
  static Scenario shared() {
    return new Scenario(ElectionSettings.LockKind.SHARED);
  }

  /** A member's election on a lock of its own. */
  static Scenario own() {
    return new Scenario(ElectionSettings.LockKind.OWN);
  }

  /** A plain election that began to lead at 20 s by the write of version 10, answered and seen. */
  static Scenario leading() {
    return shared().at(20).lists(Locks.releasedBy("other", 9)).done(10);
  }

  /** A member that began its term at 0 s by creating version 10. */
  static Scenario member() {
    return own().lists().answersWritten(10).echoes(10);
  }

  // ---- time ----

  /** Lets time pass until this many seconds after the beginning, with every timer on the way. */
  Scenario at(double seconds) {
    long target = ORIGIN + (long) (seconds * SECOND);
    int ticks = 0;
    while (wakeAt.isPresent() && target - wakeAt.getAsLong() >= 0) {
      if (++ticks > 10_000) {
        throw new AssertionError("The election spins: its timer is due again and again.");
      }
      pass(Math.max(0, wakeAt.getAsLong() - nanos));
      step(new ElectionEvent.Tick());
    }
    pass(target - nanos);
    return this;
  }

  /** Nothing runs, no timer either, until this many seconds after the beginning. */
  Scenario pausedUntil(double seconds) {
    pass(ORIGIN + (long) (seconds * SECOND) - nanos);
    return this;
  }

  /** The wall clock alone moves: it is set, or the machine was suspended. */
  Scenario wallMoves(Duration by) {
    wallMillis += by.toMillis();
    return this;
  }

  Scenario ticks() {
    return step(new ElectionEvent.Tick());
  }

  private void pass(long by) {
    nanos += by;
    wallMillis += by / 1_000_000;
  }

  double now() {
    return (nanos - ORIGIN) / (double) SECOND;
  }

  // ---- the watch ----

  Scenario lists() {
    return step(new ElectionEvent.Listed(null));
  }

  Scenario lists(LockSnapshot lock) {
    return step(new ElectionEvent.Listed(lock));
  }

  Scenario sees(LockSnapshot lock) {
    return step(new ElectionEvent.Changed(lock));
  }

  /** The watch shows the last write, as this version. */
  Scenario echoes(long version) {
    return sees(written(version));
  }

  Scenario seesDeleted(long version) {
    return seesDeleted("uid-1", version);
  }

  Scenario seesDeleted(String uid, long version) {
    return step(new ElectionEvent.Deleted(new Version(uid, version)));
  }

  // ---- the store ----

  Scenario answers(Outcome outcome) {
    return step(new ElectionEvent.Answered(write().id(), outcome));
  }

  Scenario answersWritten(long version) {
    return answers(new Outcome.Written(new Version("uid-1", version)));
  }

  Scenario answersUnknown() {
    return answers(new Outcome.Unknown("no answer"));
  }

  Scenario answersConflict() {
    return answers(new Outcome.Conflict());
  }

  /** Answers the write and shows it. */
  Scenario done(long version) {
    return answersWritten(version).echoes(version);
  }

  // ---- the participant ----

  Scenario workStops() {
    return step(new ElectionEvent.WorkStopped());
  }

  Scenario resigns() {
    return step(new ElectionEvent.Resign());
  }

  Scenario announces(Map<String, String> annotations) {
    return step(new ElectionEvent.Announce(Map.of(), annotations));
  }

  Scenario step(ElectionEvent event) {
    Election.Step step = Election.step(state, event, clock());
    state = step.state();
    wakeAt = step.wakeAtNanos();
    effects.addAll(step.effects());
    return this;
  }

  // ---- what came of it ----

  Now clock() {
    return new Now(nanos, wallMillis);
  }

  /** Whether this participant believes now that it leads. */
  boolean leads() {
    return state.phase() instanceof Phase.Leading leading && leading.term().covers(clock());
  }

  Term term() {
    if (state.phase() instanceof Phase.Leading leading) {
      return leading.term();
    }
    throw new AssertionError("There is no term; phase " + state.phase());
  }

  /** When the present term ends, in seconds after the beginning. */
  double validUntil() {
    return (term().validUntilNanos() - ORIGIN) / (double) SECOND;
  }

  Phase phase() {
    return state.phase();
  }

  ElectionState state() {
    return state;
  }

  boolean isTimerSet() {
    return wakeAt.isPresent();
  }

  /** The last write that was sent. */
  Attempt write() {
    List<Attempt> writes = writes();
    if (writes.isEmpty()) {
      throw new AssertionError("Nothing was written.");
    }
    return writes.get(writes.size() - 1);
  }

  LockRecord record() {
    return write().record();
  }

  List<Attempt> writes() {
    return all(Effect.Write.class).stream().map(Effect.Write::attempt).toList();
  }

  /** The last write as the store holds it. */
  LockSnapshot written(long version) {
    return writtenAs("uid-1", version, write());
  }

  LockSnapshot writtenAs(String uid, long version, Attempt attempt) {
    return new LockSnapshot(Locks.NAME, new Version(uid, version), attempt.record());
  }

  Optional<EndCause> lastEnd() {
    List<Effect.End> ends = all(Effect.End.class);
    return ends.isEmpty() ? Optional.empty() : Optional.of(ends.get(ends.size() - 1).cause());
  }

  int begins() {
    return all(Effect.Begin.class).size();
  }

  int refreshes() {
    return all(Effect.RefreshFeed.class).size();
  }

  boolean isFinished() {
    return !all(Effect.Finished.class).isEmpty();
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }

  <T extends Effect> List<T> all(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Nullable LockSnapshot seen() {
    return state.view().lock();
  }
}
