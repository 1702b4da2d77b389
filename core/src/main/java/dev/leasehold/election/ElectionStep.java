package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import dev.leasehold.time.Now;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What each event means to a participant. Lives on one stack frame; not thread-safe. */
final class ElectionStep {

  private final Course course;
  private final Sightings seen;
  private final Now now;

  ElectionStep(Course course) {
    this.course = course;
    this.seen = course.seen;
    this.now = course.now;
  }

  // ---- what happened ----

  void expire() {
    if (course.phase instanceof Phase.Leading leading && !leading.term().covers(now)) {
      course.end(leading.term(), EndCause.EXPIRED);
    }
  }

  void listed(@Nullable LockSnapshot lock) {
    if (lock != null) {
      changed(lock, true);
    } else if (seen.view().lock() != null || !seen.view().listed() || course.isShared()) {
      // Even a lock that was absent before may have been held and deleted since, unseen; and one
      // that was never seen, a moment ago. Whoever held it may still work.
      gone(seen.view().lastNumber());
    }
  }

  void changed(LockSnapshot lock, boolean fromList) {
    if (seen.view().knows(lock)) {
      return;
    }
    LockSnapshot before = seen.view().lock();
    String holderBefore = seen.holder();
    Attempt own = seen.present(lock, fromList);
    sayHolder(holderBefore);
    if (own != null) {
      own(own, lock);
    } else {
      foreign(before, lock.record());
    }
  }

  void deleted(Version version) {
    LockSnapshot present = seen.view().lock();
    if (present != null
        && present.version().uid().equals(version.uid())
        && !present.version().isAfter(version)) {
      gone(version.number());
    }
  }

  void answered(long id, Outcome outcome) {
    Attempt attempt = seen.answered(id, outcome);
    if (attempt == null) {
      return;
    }
    boolean echoIsDue = seen.suspectAtNanos() != null;
    if (outcome instanceof Outcome.Written && echoIsDue) {
      // Until it is seen, another write could only be built on the version that it replaced.
      course.nextTryNanos = now.nanos() + course.timings.retryPeriod().toNanos();
    }
    if (course.phase instanceof Phase.Releasing
        && attempt.purpose() == Attempt.Purpose.RELEASE
        && !isWorthAnotherTry(outcome, echoIsDue)) {
      course.finish();
    }
  }

  /** Whether a release that failed may still come to something: bounded, since it is a courtesy. */
  private boolean isWorthAnotherTry(Outcome outcome, boolean echoIsDue) {
    boolean open =
        outcome instanceof Outcome.Unknown || (outcome instanceof Outcome.Conflict && echoIsDue);
    return open && course.lastTerm != null && course.lastTerm.covers(now);
  }

  void announce(Map<String, String> newLabels, Map<String, String> newAnnotations) {
    course.labels = newLabels;
    course.annotations = newAnnotations;
    if (course.phase instanceof Phase.Leading) {
      course.nextTryNanos = Course.AT_ONCE;
    }
  }

  void lapsed() {
    if (course.phase instanceof Phase.Leading leading) {
      course.end(leading.term(), EndCause.EXPIRED);
    }
  }

  void workStopped() {
    if (!(course.phase instanceof Phase.Ending)) {
      return;
    }
    if (course.resigning) {
      course.phase = new Phase.Releasing();
      course.nextTryNanos = Course.AT_ONCE;
    } else if (course.isShared()) {
      course.phase = new Phase.Candidate();
    } else {
      course.finish();
    }
  }

  void resign() {
    course.resigning = true;
    if (course.phase instanceof Phase.Leading leading) {
      course.end(leading.term(), EndCause.RESIGNED);
    }
  }

  // ---- what follows from a sighting ----

  private void own(Attempt attempt, LockSnapshot lock) {
    if (course.phase instanceof Phase.Leading leading) {
      Term term = leading.term().extended(attempt.sent(), course.timings.renewDeadline());
      course.phase = new Phase.Leading(term);
      course.effects.add(new Effect.Extend(term, attempt.sent().nanos()));
      renewNext(attempt);
    } else if (course.phase instanceof Phase.Releasing
        && attempt.purpose() != Attempt.Purpose.RELEASE) {
      // A renewal that was under way when the work stopped; now its version can be released.
      course.nextTryNanos = Course.AT_ONCE;
    } else if (attempt.purpose() == Attempt.Purpose.RELEASE) {
      course.finish();
    } else if (attempt.purpose() == Attempt.Purpose.ACQUIRE
        && course.phase instanceof Phase.Candidate
        && !course.resigning) {
      acquired(
          attempt,
          Term.from(
              course.settings.identity(),
              lock.version().number(),
              attempt.sent(),
              course.timings.renewDeadline()));
    }
  }

  private void acquired(Attempt attempt, Term term) {
    if (term.covers(now)) {
      course.phase = new Phase.Leading(term);
      course.effects.add(new Effect.Begin(term));
      renewNext(attempt);
    } else if (course.isShared()) {
      // Too slow to lead. Trying again at once would keep the lock from everybody, for ever.
      course.nextTryNanos = now.nanos() + course.timings.leaseDuration().toNanos();
    }
  }

  private void renewNext(Attempt before) {
    LockRecord record = before.record();
    boolean announced =
        record.labels().entrySet().containsAll(course.labels.entrySet())
            && record.annotations().entrySet().containsAll(course.annotations.entrySet());
    course.nextTryNanos =
        announced ? before.sent().nanos() + course.timings.retryPeriod().toNanos() : Course.AT_ONCE;
  }

  private void foreign(@Nullable LockSnapshot before, LockRecord record) {
    boolean named = record.holder().equals(course.settings.identity());
    if (course.phase instanceof Phase.Leading leading) {
      course.end(leading.term(), named || !record.isHeld() ? EndCause.EDITED : EndCause.TAKEN);
    }
    boolean renewedByOther =
        before == null || !Objects.equals(before.record().renewed(), record.renewed());
    if (record.isHeld() && (!named || renewedByOther)) {
      course.lastTerm = null;
    }
    boolean nameIsTaken = course.phase instanceof Phase.Candidate && !course.isShared();
    if (nameIsTaken || course.phase instanceof Phase.Releasing) {
      course.finish();
    }
  }

  private void gone(long number) {
    String holderBefore = seen.holder();
    seen.absent(number);
    sayHolder(holderBefore);
    if (course.phase instanceof Phase.Leading leading) {
      course.end(leading.term(), EndCause.DELETED);
    }
    if (course.phase instanceof Phase.Releasing) {
      course.finish();
    }
  }

  private void sayHolder(String before) {
    if (!seen.holder().equals(before)) {
      course.effects.add(new Effect.HolderSeen(seen.holder()));
    }
  }
}
