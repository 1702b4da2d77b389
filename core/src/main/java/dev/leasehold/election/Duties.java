package dev.leasehold.election;

import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.time.Now;
import java.util.OptionalLong;

/**
 * What a participant owes at this moment, and when the next thing falls due: the only place that
 * decides to write. Lives on one stack frame; not thread-safe.
 */
final class Duties {

  private final Course course;
  private final Sightings seen;
  private final Now now;

  Duties(Course course) {
    this.course = course;
    this.seen = course.seen;
    this.now = course.now;
  }

  void proceed() {
    // Once the term is over, what its last writes came to is no more this election's concern.
    boolean concerned =
        !(course.phase instanceof Phase.Over) && !(course.phase instanceof Phase.Ending);
    boolean blind = concerned && seen.seemsBlind();
    if (blind) {
      course.effects.add(new Effect.RefreshFeed());
    }
    if (seen.inFlight() != 0) {
      return;
    }
    if (course.phase instanceof Phase.Candidate
        && course.resigning
        && (blind || seen.suspectAtNanos() == null)) {
      leaveAsCandidate();
    }
    if (!due(course.nextTryNanos)) {
      return;
    }
    boolean candidate = course.phase instanceof Phase.Candidate && !course.resigning;
    if (candidate && seen.view().listed() && mayTake()) {
      send(Attempt.Purpose.ACQUIRE);
    } else if (course.phase instanceof Phase.Leading) {
      send(Attempt.Purpose.RENEW);
    } else if (course.phase instanceof Phase.Releasing) {
      if (seen.holdsOwnVersion()) {
        send(Attempt.Purpose.RELEASE);
      } else {
        course.finish();
      }
    }
  }

  private void leaveAsCandidate() {
    if (seen.holdsOwnVersion()) {
      // An acquisition came through after all; nothing ever ran under it.
      course.phase = new Phase.Releasing();
      course.nextTryNanos = Course.AT_ONCE;
    } else {
      course.finish();
    }
  }

  /** Whether the lock may be taken now; the sole place that decides it. */
  private boolean mayTake() {
    if (seen.isOwnVersion()) {
      // The version in view is this election's own write, so nobody has held the lock since.
      return true;
    }
    if (course.lastTerm != null && course.lastTerm.covers(now)) {
      // The term was cut short by an edit or a deletion; until it would have run out nobody else
      // may take the lock, as they wait longer than that.
      return true;
    }
    return (!course.isShared() && seen.view().lock() == null)
        || now.nanos() - seen.view().freeAtNanos() >= 0;
  }

  private void send(Attempt.Purpose purpose) {
    LockSnapshot present = seen.view().lock();
    Attempt attempt =
        new Attempt(
            ++course.lastAttempt,
            purpose,
            present,
            seen.count(),
            ElectionRecords.of(
                purpose,
                course.settings,
                course.lastAttempt,
                present,
                course.labels,
                course.annotations,
                now),
            now);
    seen.sent(attempt);
    course.nextTryNanos = now.nanos() + course.timings.retryPeriod().toNanos();
    course.effects.add(new Effect.Write(attempt));
  }

  private boolean due(long nanos) {
    return nanos == Course.AT_ONCE || now.nanos() - nanos >= 0;
  }

  /** When to look again if nothing happens before. */
  OptionalLong wakeAt() {
    if (course.phase instanceof Phase.Over || course.phase instanceof Phase.Ending) {
      return OptionalLong.empty();
    }
    long soonest = Long.MAX_VALUE;
    if (course.phase instanceof Phase.Leading leading) {
      soonest = Math.min(soonest, leading.term().remaining(now).toNanos());
    }
    Long suspectAt = seen.suspectAtNanos();
    if (suspectAt != null) {
      soonest = Math.min(soonest, suspectAt - now.nanos());
    }
    boolean leaving = course.phase instanceof Phase.Candidate && course.resigning;
    if (!leaving && seen.inFlight() == 0 && seen.view().listed()) {
      long next = course.nextTryNanos == Course.AT_ONCE ? 0 : course.nextTryNanos - now.nanos();
      if (course.phase instanceof Phase.Candidate && !mayTake()) {
        next = Math.max(next, seen.view().freeAtNanos() - now.nanos());
      }
      soonest = Math.min(soonest, next);
    }
    return soonest == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(now.nanos() + Math.max(0, soonest));
  }
}
