package dev.leasehold.election;

import dev.leasehold.time.Now;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The election of one holder of one lock, as a pure function from state, event and time to the next
 * state and what is to be done.
 *
 * <p>The record's fields mean what they mean to client-go, so electors in other languages can share
 * the lock. What differs is what is believed: time counts from this participant's own sightings and
 * from before its own requests; a write counts when the watch shows it, not when it is answered;
 * and an end of a term precedes everything that could let another begin.
 *
 * <p>Thread-safe, having no state.
 */
public final class Election {

  private Election() {}

  /**
   * A step's result.
   *
   * @param state the next state
   * @param effects what to do, in order
   * @param wakeAtNanos when to step again with {@link ElectionEvent.Tick} if nothing else happens;
   *     empty if only an event can change anything
   */
  public record Step(ElectionState state, List<Effect> effects, OptionalLong wakeAtNanos) {}

  /** The state of a participant that has seen and done nothing yet. */
  public static ElectionState begin(ElectionSettings settings) {
    return new ElectionState(
        settings,
        new Phase.Candidate(),
        LockView.unseen(settings.timings().leaseDuration()),
        0,
        false,
        null,
        List.of(),
        0,
        0,
        Long.MIN_VALUE,
        null,
        false,
        Map.of(),
        Map.of());
  }

  /**
   * Takes one event in.
   *
   * @param state the state before it
   * @param event what happened
   * @param now both clocks, at or after the time of the event
   */
  public static Step step(ElectionState state, ElectionEvent event, Now now) {
    Course course = new Course(state, now);
    ElectionStep step = new ElectionStep(course);
    // A term that has run out is over, whether or not anybody noticed: before anything else.
    step.expire();
    if (event instanceof ElectionEvent.Listed listed) {
      step.listed(listed.lock());
    } else if (event instanceof ElectionEvent.Changed changed) {
      step.changed(changed.lock(), false);
    } else if (event instanceof ElectionEvent.Deleted deleted) {
      step.deleted(deleted.version());
    } else if (event instanceof ElectionEvent.Answered answered) {
      step.answered(answered.attempt(), answered.outcome());
    } else if (event instanceof ElectionEvent.Announce announce) {
      step.announce(announce.labels(), announce.annotations());
    } else if (event instanceof ElectionEvent.Lapsed) {
      step.lapsed();
    } else if (event instanceof ElectionEvent.WorkStopped) {
      step.workStopped();
    } else if (event instanceof ElectionEvent.Resign) {
      step.resign();
    }
    Duties duties = new Duties(course);
    duties.proceed();
    return course.result(duties.wakeAt());
  }
}
