package dev.leasehold.lock;

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
   * that was recreated under its name.
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
}
