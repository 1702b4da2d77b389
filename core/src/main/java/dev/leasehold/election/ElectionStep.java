package dev.leasehold.election;

import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One step of an election while it is being taken: the parts of the state, changed one by one, and
 * the effects gathered so far. Lives on one stack frame; not thread-safe.
 */
final class ElectionStep {

  /** "As soon as possible", and still a number that can be subtracted from. */
  private static final long AT_ONCE = Long.MIN_VALUE;

  private final ElectionSettings settings;
  private final Timings timings;
  private final Now now;
  private final List<Effect> effects = new ArrayList<>();

  private Phase phase;
  private LockView view;
  private long sighting;
  private boolean ownVersion;
  private @Nullable Term lastTerm;
  private final List<Attempt> attempts;
  private long inFlight;
  private long lastAttempt;
  private long nextTryNanos;
  private @Nullable Long suspectAtNanos;
  private boolean resigning;
  private Map<String, String> labels;
  private Map<String, String> annotations;

  ElectionStep(ElectionState state, Now now) {
    this.settings = state.settings();
    this.timings = settings.timings();
    this.now = now;
    this.phase = state.phase();
    this.view = state.view();
    this.sighting = state.sighting();
    this.ownVersion = state.ownVersion();
    this.lastTerm = state.lastTerm();
    this.attempts = new ArrayList<>(state.attempts());
    this.inFlight = state.inFlight();
    this.lastAttempt = state.lastAttempt();
    this.nextTryNanos = state.nextTryNanos();
    this.suspectAtNanos = state.suspectAtNanos();
    this.resigning = state.resigning();
    this.labels = state.labels();
    this.annotations = state.annotations();
  }

  // ---- what happened ----

  void expire() {
    if (phase instanceof Phase.Leading leading && !leading.term().covers(now)) {
      end(leading.term(), EndCause.EXPIRED);
    }
  }

  void listed(@Nullable LockSnapshot lock) {
    if (lock != null) {
      changed(lock, true);
    } else if (view.lock() != null) {
      gone(view.lastNumber());
    } else if (!view.listed()) {
      // Never seen, so perhaps deleted a moment ago under a holder that still works.
      sighted(view.absent(0, now.nanos()), false);
    }
  }

  void changed(LockSnapshot lock, boolean fromList) {
    if (view.knows(lock)) {
      return;
    }
    String holderBefore = holderInView();
    Attempt own = ownWrite(lock, fromList);
    sighted(view.present(lock, now.nanos()), own != null);
    if (!holderInView().equals(holderBefore)) {
      effects.add(new Effect.HolderSeen(holderInView()));
    }
    if (own != null) {
      own(own, lock);
    } else {
      foreign(lock);
    }
    attempts.removeIf(attempt -> attempt.sighting() < sighting && attempt.id() != inFlight);
  }

  void deleted(Version version) {
    LockSnapshot present = view.lock();
    if (present != null
        && present.version().uid().equals(version.uid())
        && !present.version().isAfter(version)) {
      gone(version.number());
    }
  }

  void answered(long attempt, Outcome outcome) {
    if (attempt != inFlight) {
      return;
    }
    inFlight = 0;
    if (outcome instanceof Outcome.Conflict || outcome instanceof Outcome.Refused) {
      attempts.removeIf(refused -> refused.id() == attempt);
    }
    boolean movedOn =
        outcome instanceof Outcome.Conflict
            || (outcome instanceof Outcome.Written written && !sees(written.version()));
    if (movedOn && suspectAtNanos == null && !(phase instanceof Phase.Over)) {
      suspectAtNanos = now.nanos() + timings.retryPeriod().toNanos();
    }
    if (phase instanceof Phase.Releasing && !(outcome instanceof Outcome.Unknown)) {
      finish();
    }
  }

  void announce(Map<String, String> newLabels, Map<String, String> newAnnotations) {
    labels = newLabels;
    annotations = newAnnotations;
    if (phase instanceof Phase.Leading) {
      nextTryNanos = AT_ONCE;
    }
  }

  void lapsed() {
    if (phase instanceof Phase.Leading leading) {
      end(leading.term(), EndCause.EXPIRED);
    }
  }

  void workStopped() {
    if (!(phase instanceof Phase.Ending)) {
      return;
    }
    nextTryNanos = AT_ONCE;
    if (resigning) {
      phase = new Phase.Releasing();
    } else if (settings.lockKind() == ElectionSettings.LockKind.OWN) {
      finish();
    } else {
      phase = new Phase.Candidate();
    }
  }

  void resign() {
    resigning = true;
    if (phase instanceof Phase.Leading leading) {
      end(leading.term(), EndCause.RESIGNED);
    }
  }

  // ---- what follows from a sighting ----

  private void sighted(LockView next, boolean own) {
    view = next;
    sighting++;
    ownVersion = own;
    suspectAtNanos = null;
  }

  private void own(Attempt attempt, LockSnapshot lock) {
    if (phase instanceof Phase.Leading leading) {
      Term term = leading.term().extended(attempt.sent(), timings.renewDeadline());
      phase = new Phase.Leading(term);
      effects.add(new Effect.Extend(term, attempt.sent().nanos()));
    } else if (phase instanceof Phase.Candidate && !resigning) {
      Term term =
          Term.from(
              settings.identity(),
              lock.version().number(),
              attempt.sent(),
              timings.renewDeadline());
      if (attempt.purpose() == Attempt.Purpose.ACQUIRE && term.covers(now)) {
        phase = new Phase.Leading(term);
        effects.add(new Effect.Begin(term));
      }
    } else if (attempt.purpose() == Attempt.Purpose.RELEASE) {
      finish();
    }
  }

  private void foreign(LockSnapshot lock) {
    String holder = lock.record().holder();
    if (phase instanceof Phase.Leading leading) {
      boolean edited = holder.equals(settings.identity()) || holder.isEmpty();
      end(leading.term(), edited ? EndCause.EDITED : EndCause.TAKEN);
    }
    if (!holder.isEmpty() && !holder.equals(settings.identity())) {
      lastTerm = null;
    }
    boolean nameIsTaken =
        phase instanceof Phase.Candidate && settings.lockKind() == ElectionSettings.LockKind.OWN;
    if (nameIsTaken || phase instanceof Phase.Releasing) {
      finish();
    }
  }

  private void gone(long number) {
    sighted(view.absent(number, now.nanos()), false);
    if (phase instanceof Phase.Leading leading) {
      end(leading.term(), EndCause.DELETED);
    }
    if (phase instanceof Phase.Releasing) {
      finish();
    }
  }

  private void end(Term term, EndCause cause) {
    phase = new Phase.Ending(term);
    lastTerm = term;
    effects.add(new Effect.End(term, cause));
  }

  private void finish() {
    if (!(phase instanceof Phase.Over)) {
      phase = new Phase.Over();
      effects.add(new Effect.Finished());
    }
  }

  // ---- what is due ----

  void proceed() {
    if (suspectAtNanos != null && now.nanos() - suspectAtNanos >= 0) {
      suspectAtNanos = now.nanos() + timings.retryPeriod().toNanos();
      effects.add(new Effect.RefreshFeed());
    }
    if (inFlight != 0) {
      return;
    }
    if (phase instanceof Phase.Candidate && resigning) {
      leaveAsCandidate();
    }
    if (!due(nextTryNanos)) {
      return;
    }
    LockSnapshot present = view.lock();
    if (phase instanceof Phase.Candidate && view.listed() && mayTake()) {
      send(Attempt.Purpose.ACQUIRE, present);
    } else if (phase instanceof Phase.Leading) {
      send(Attempt.Purpose.RENEW, present);
    } else if (phase instanceof Phase.Releasing) {
      if (holdsOwnVersion()) {
        send(Attempt.Purpose.RELEASE, present);
      } else {
        finish();
      }
    }
  }

  private void leaveAsCandidate() {
    if (holdsOwnVersion()) {
      // An acquisition came through after all; nothing ever ran under it.
      phase = new Phase.Releasing();
      nextTryNanos = AT_ONCE;
    } else {
      finish();
    }
  }

  /** Whether the lock may be taken now; the sole place that decides it. */
  private boolean mayTake() {
    if (ownVersion) {
      // The version in view is this election's own write, so nobody has held the lock since.
      return true;
    }
    if (lastTerm != null && lastTerm.covers(now)) {
      // The term was cut short by an edit or a deletion; until it would have run out nobody else
      // may take the lock, as they wait longer than that.
      return true;
    }
    boolean nobodyElseCan = settings.lockKind() == ElectionSettings.LockKind.OWN;
    return (nobodyElseCan && view.lock() == null) || now.nanos() - view.freeAtNanos() >= 0;
  }

  private void send(Attempt.Purpose purpose, @Nullable LockSnapshot present) {
    Attempt attempt =
        new Attempt(
            ++lastAttempt,
            purpose,
            present == null ? null : present.version(),
            sighting,
            ElectionRecords.of(purpose, settings, lastAttempt, present, labels, annotations, now),
            now);
    attempts.add(attempt);
    inFlight = attempt.id();
    nextTryNanos = now.nanos() + timings.retryPeriod().toNanos();
    effects.add(new Effect.Write(attempt));
  }

  // ---- small questions ----

  /**
   * The attempt that wrote this version, or null. A create counts only if nothing was seen between
   * it and what it was built on, and a list hides what was between.
   */
  private @Nullable Attempt ownWrite(LockSnapshot lock, boolean fromList) {
    for (Attempt attempt : attempts) {
      boolean hidden =
          fromList
              && attempt.base() == null
              && settings.lockKind() == ElectionSettings.LockKind.SHARED;
      if (attempt.isWriteOf(lock.record()) && attempt.sighting() == sighting && !hidden) {
        return attempt;
      }
    }
    return null;
  }

  /**
   * Whether the version in view is this election's own and names it, so that it may be released.
   */
  private boolean holdsOwnVersion() {
    return ownVersion && holderInView().equals(settings.identity());
  }

  private String holderInView() {
    LockSnapshot present = view.lock();
    return present == null ? "" : present.record().holder();
  }

  private boolean sees(Version version) {
    return Long.compareUnsigned(view.lastNumber(), version.number()) >= 0;
  }

  private boolean due(long nanos) {
    return nanos == AT_ONCE || now.nanos() - nanos >= 0;
  }

  Election.Step result() {
    ElectionState state =
        new ElectionState(
            settings,
            phase,
            view,
            sighting,
            ownVersion,
            lastTerm,
            attempts,
            inFlight,
            lastAttempt,
            nextTryNanos,
            suspectAtNanos,
            resigning,
            labels,
            annotations);
    return new Election.Step(state, List.copyOf(effects), wakeAt());
  }

  private OptionalLong wakeAt() {
    long soonest = Long.MAX_VALUE;
    if (phase instanceof Phase.Leading leading) {
      soonest = Math.min(soonest, leading.term().remaining(now).toNanos());
    }
    if (suspectAtNanos != null) {
      soonest = Math.min(soonest, suspectAtNanos - now.nanos());
    }
    boolean writes = !(phase instanceof Phase.Ending) && !(phase instanceof Phase.Over);
    if (writes && inFlight == 0 && view.listed()) {
      long next = nextTryNanos == AT_ONCE ? 0 : nextTryNanos - now.nanos();
      if (phase instanceof Phase.Candidate && !mayTake()) {
        next = Math.max(next, view.freeAtNanos() - now.nanos());
      }
      soonest = Math.min(soonest, next);
    }
    return soonest == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(now.nanos() + Math.max(0, soonest));
  }
}
