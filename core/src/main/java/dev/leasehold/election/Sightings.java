package dev.leasehold.election;

import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.Now;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the watch has shown, matched with what was sent: which version is this election's own, which
 * writes are still out, and whether the watch seems blind. Lives for one step; not thread-safe.
 */
final class Sightings {

  /** An outage must not pile up writes; an older one, should it arrive, is a stranger's. */
  private static final int MOST_ATTEMPTS = 100;

  private final ElectionSettings settings;
  private final Now now;
  private final List<Attempt> attempts;
  private LockView view;
  private long count;
  private boolean ownVersion;
  private long inFlight;
  private @Nullable Long suspectAtNanos;

  Sightings(ElectionState state, Now now) {
    this.settings = state.settings();
    this.now = now;
    this.attempts = new ArrayList<>(state.attempts());
    this.view = state.view();
    this.count = state.sighting();
    this.ownVersion = state.ownVersion();
    this.inFlight = state.inFlight();
    this.suspectAtNanos = state.suspectAtNanos();
  }

  // ---- what the watch shows ----

  /**
   * Takes a version in that tells something new.
   *
   * @param fromList whether versions before it may have been missed
   * @return this election's own write that made it; null if somebody else did
   */
  @Nullable Attempt present(LockSnapshot lock, boolean fromList) {
    Attempt own = ownWrite(lock, fromList);
    sighted(view.present(lock, now.nanos(), fromList), own != null);
    attempts.removeIf(attempt -> attempt.sighting() < count && attempt.id() != inFlight);
    return own;
  }

  /** Takes in that the lock is absent, as of the version with this number. */
  void absent(long number) {
    sighted(view.absent(number, now.nanos()), false);
  }

  private void sighted(LockView next, boolean own) {
    view = next;
    count++;
    ownVersion = own;
    suspectAtNanos = null;
  }

  /**
   * The attempt that made this version, or null. A create counts only if nothing was seen between
   * it and what it was built on, and a list hides what was between.
   */
  private @Nullable Attempt ownWrite(LockSnapshot lock, boolean fromList) {
    boolean hidden = fromList && settings.lockKind() == ElectionSettings.LockKind.SHARED;
    for (Attempt attempt : attempts) {
      boolean provable = attempt.base() != null || !hidden;
      if (provable && attempt.sighting() == count && attempt.made(lock)) {
        return attempt;
      }
    }
    return null;
  }

  // ---- what is sent, and answered ----

  void sent(Attempt attempt) {
    attempts.add(attempt);
    if (attempts.size() > MOST_ATTEMPTS) {
      attempts.remove(0);
    }
    inFlight = attempt.id();
  }

  /** Takes an answer in; returns the write it is for, or null if nobody waits for it. */
  @Nullable Attempt answered(long id, Outcome outcome) {
    Attempt sent = id == inFlight ? attempt(id) : null;
    if (sent == null) {
      return null;
    }
    inFlight = 0;
    if (outcome instanceof Outcome.Conflict || outcome instanceof Outcome.Refused) {
      attempts.remove(sent);
    }
    boolean movedOn =
        (outcome instanceof Outcome.Conflict && sent.sighting() == count)
            || (outcome instanceof Outcome.Written written && !sees(written.version()));
    if (movedOn && suspectAtNanos == null) {
      suspectAtNanos = now.nanos() + patienceNanos();
    }
    return sent;
  }

  private @Nullable Attempt attempt(long id) {
    for (Attempt attempt : attempts) {
      if (attempt.id() == id) {
        return attempt;
      }
    }
    return null;
  }

  /**
   * How long an echo may take. Half the renew deadline leaves as much again for a new list, which
   * then shows what the dead watch did not; a list costs the API server far more than waiting.
   */
  private long patienceNanos() {
    Timings timings = settings.timings();
    return Math.max(
        timings.retryPeriod().toNanos(), timings.renewDeadline().dividedBy(2).toNanos());
  }

  /** Whether the watch seems dead now; says so again as often as that. */
  boolean seemsBlind() {
    if (suspectAtNanos == null || now.nanos() - suspectAtNanos < 0) {
      return false;
    }
    suspectAtNanos = now.nanos() + patienceNanos();
    return true;
  }

  // ---- small questions ----

  LockView view() {
    return view;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  /** How many changes have been seen. */
  long count() {
    return count;
  }

  boolean isOwnVersion() {
    return ownVersion;
  }

  /** The write that has no answer yet; 0 for none. */
  long inFlight() {
    return inFlight;
  }

  @Nullable Long suspectAtNanos() {
    return suspectAtNanos;
  }

  String holder() {
    LockSnapshot present = view.lock();
    return present == null ? "" : present.record().holder();
  }

  /**
   * Whether the version in view is this election's own and names it, so that it may be released.
   */
  boolean holdsOwnVersion() {
    return ownVersion && holder().equals(settings.identity());
  }

  private boolean sees(Version version) {
    return Long.compareUnsigned(view.lastNumber(), version.number()) >= 0;
  }
}
