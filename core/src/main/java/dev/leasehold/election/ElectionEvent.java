package dev.leasehold.election;

import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can happen to an election. */
public sealed interface ElectionEvent {

  /**
   * The watch listed all locks.
   *
   * @param lock this election's lock; null if it wasn't there
   */
  record Listed(@Nullable LockSnapshot lock) implements ElectionEvent {}

  /**
   * The watch showed a version of the lock.
   *
   * @param lock the version
   */
  record Changed(LockSnapshot lock) implements ElectionEvent {}

  /**
   * The watch showed the lock's deletion.
   *
   * @param version the version of the deletion, or the last one before it
   */
  record Deleted(Version version) implements ElectionEvent {}

  /**
   * A write was answered.
   *
   * @param attempt the write's id
   * @param outcome what is known of it
   */
  record Answered(long attempt, Outcome outcome) implements ElectionEvent {}

  /** Time has passed: nothing but the clock is news. */
  record Tick() implements ElectionEvent {}

  /**
   * Labels and annotations that the lock is to carry from now on; written at once while leading.
   *
   * @param labels the labels
   * @param annotations the annotations
   */
  record Announce(Map<String, String> labels, Map<String, String> annotations)
      implements ElectionEvent {}

  /** Somebody has found the term over before its renewal was taken in, and may have acted on it. */
  record Lapsed() implements ElectionEvent {}

  /** All work of the term that ended has stopped. */
  record WorkStopped() implements ElectionEvent {}

  /** The participant wants to leave: end the term, then give the lock up. */
  record Resign() implements ElectionEvent {}
}
