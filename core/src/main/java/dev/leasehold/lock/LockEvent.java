package dev.leasehold.lock;

import java.util.List;

/** What a {@link LockFeed} shows of the locks, in the order of the API server's versions. */
public sealed interface LockEvent {

  /**
   * Everything there is, at one moment: a lock that isn't listed did not exist then. What happened
   * between the event before and this one is not known.
   *
   * @param locks all locks of the feed's selection
   */
  record Listed(List<LockSnapshot> locks) implements LockEvent {

    /** Copies the list. */
    public Listed {
      locks = List.copyOf(locks);
    }
  }

  /**
   * A lock was created or changed.
   *
   * @param lock its new version; may be one that was seen before
   */
  record Changed(LockSnapshot lock) implements LockEvent {}

  /**
   * A lock was deleted.
   *
   * @param name its name
   * @param version the version of the deletion, or the last one before it
   */
  record Deleted(String name, Version version) implements LockEvent {}
}
