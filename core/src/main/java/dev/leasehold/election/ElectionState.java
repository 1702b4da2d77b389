package dev.leasehold.election;

import dev.leasehold.lock.LockSnapshot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything an election knows between two steps. Immutable.
 *
 * @param settings what the participant brings
 * @param phase where it stands
 * @param view what it has seen of the lock
 * @param sighting counts the changes seen, so that a write knows what it was built on
 * @param ownVersion whether the version in view was written by this election
 * @param lastTerm the term before, while the participant may still act on it; null otherwise
 * @param attempts writes whose fate the watch has not shown
 * @param inFlight the id of the write that has no answer yet, 0 for none: there is at most one
 * @param lastAttempt the id of the last write sent
 * @param nextTryNanos not before this is another write sent
 * @param suspectAtNanos when the watch counts as dead; null while there's no suspicion
 * @param resigning whether the participant asked to leave
 * @param labels labels to write
 * @param annotations annotations to write
 */
public record ElectionState(
    ElectionSettings settings,
    Phase phase,
    LockView view,
    long sighting,
    boolean ownVersion,
    @Nullable Term lastTerm,
    List<Attempt> attempts,
    long inFlight,
    long lastAttempt,
    long nextTryNanos,
    @Nullable Long suspectAtNanos,
    boolean resigning,
    Map<String, String> labels,
    Map<String, String> annotations) {

  /** Copies the collections. */
  public ElectionState {
    attempts = List.copyOf(attempts);
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** The lock as the watch last showed it; null if it is absent or was never seen. */
  public @Nullable LockSnapshot seenLock() {
    return view.lock();
  }
}
