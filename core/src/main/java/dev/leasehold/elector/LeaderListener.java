package dev.leasehold.elector;

import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;

/**
 * Hears of a plain election, on the elector's one callback thread: one call at a time, in order,
 * and never under a lock. What is heard may be over already; the {@link TermView} tells.
 *
 * <p>A call that throws is logged and changes nothing.
 */
public interface LeaderListener {

  /**
   * A term has begun. To return soon is best; a call that still runs when the term ends is
   * interrupted, and {@link #onStop} waits for it.
   *
   * @param term asks at any time, on any thread, whether the term still stands
   */
  default void onStart(TermView term) {}

  /**
   * The term of the last {@link #onStart} is over. The lock is neither released nor campaigned for
   * before this has returned, so stop the work here, and return when it has stopped.
   *
   * @param term the term
   * @param cause why it is over
   */
  default void onStop(TermView term, EndCause cause) {}

  /**
   * The lock shows another holder.
   *
   * @param identity the holder, perhaps oneself; empty for nobody. As it is on the lock, where
   *     anybody may have written it: {@link dev.leasehold.lock.Shown#identity} makes it fit for a
   *     log
   */
  default void onNewLeader(String identity) {}
}
