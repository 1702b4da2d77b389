package dev.leasehold.lock;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Conditional writes to the locks of one namespace.
 *
 * <p>Implementations are thread-safe, never block the caller and send each write once: retrying is
 * the caller's decision. Every stage completes, normally and with an {@link Outcome}, within the
 * implementation's request timeout, on any thread. Writes may overtake each other.
 */
public interface LockStore {

  /**
   * Creates a lock that does not exist.
   *
   * @param name the lock's name
   * @param record what it is to say
   */
  CompletionStage<Outcome> create(String name, LockRecord record);

  /**
   * Replaces one version of one object, and nothing else: neither a later version nor an object
   * that was recreated under its name. What the object carries beside the record is kept.
   *
   * @param base the version to be replaced, as it was seen
   * @param record what it is to say
   */
  default CompletionStage<Outcome> replace(LockSnapshot base, LockRecord record) {
    return replace(base.name(), base.version(), record);
  }

  /**
   * Replaces one version of one object of which nothing but the version is known. What the object
   * carries beside the record is lost, so prefer {@link #replace(LockSnapshot, LockRecord)}.
   *
   * @param name the lock's name
   * @param expected the version to be replaced
   * @param record what it is to say
   */
  CompletionStage<Outcome> replace(String name, Version expected, LockRecord record);

  /**
   * Deletes one version of one object, and nothing else.
   *
   * @param name the lock's name
   * @param expected the version to be deleted
   */
  CompletionStage<Outcome> delete(String name, Version expected);

  /**
   * Deletes the object of that name if it lacks one of these labels, so that a feed which selects
   * by them can't show it while it keeps the lock from being created.
   *
   * @param name the lock's name
   * @param labels the labels that the feed goes by
   * @return {@link Outcome.Conflict} if there is no such object, or it has them all
   */
  default CompletionStage<Outcome> removeUnseen(String name, Map<String, String> labels) {
    return CompletableFuture.completedFuture(new Outcome.Conflict());
  }
}
