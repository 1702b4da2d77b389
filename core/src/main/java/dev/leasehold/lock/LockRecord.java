package dev.leasehold.lock;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a lock says, with client-go's meaning of the fields. Anybody may have written it, so nothing
 * in it is to be trusted: a holder may be empty, a duration absurd.
 *
 * @param holder the holder's identity, empty for none
 * @param durationSeconds how long the holder's claim is to be respected after it was last seen to
 *     change; 0 or less where the lock has none that makes sense
 * @param acquired when the holder began, by its own clock; null if absent
 * @param renewed when the holder last renewed, by its own clock; null if absent. Never compared
 *     with another machine's time
 * @param transitions how often the lock has changed hands
 * @param labels the object's labels
 * @param annotations the object's annotations
 */
public record LockRecord(
    String holder,
    int durationSeconds,
    @Nullable Instant acquired,
    @Nullable Instant renewed,
    int transitions,
    Map<String, String> labels,
    Map<String, String> annotations) {

  /** Copies the maps, so that a record never changes. */
  public LockRecord {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Whether anybody is said to hold the lock. */
  public boolean isHeld() {
    return !holder.isEmpty();
  }

  /**
   * Whether the duration makes sense: 1 s to 1 h. Any other is damage, and whoever meets it falls
   * back on what else is known.
   */
  public boolean hasSaneDuration() {
    return durationSeconds >= 1 && durationSeconds <= 3600;
  }

  /** The annotation's value, or the empty string. */
  public String annotation(String key) {
    return annotations.getOrDefault(key, "");
  }
}
