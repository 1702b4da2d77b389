package dev.leasehold.lock;

import java.util.function.Consumer;

/**
 * One ordered watch over many locks.
 *
 * <p>It begins with a {@link LockEvent.Listed}, follows with changes, and lists again whenever it
 * can't go on without a gap. It survives disconnects, expired versions and failing lists by trying
 * again, for ever, with a growing delay; nothing of that reaches the consumer but a later event.
 */
public interface LockFeed extends AutoCloseable {

  /**
   * Begins, once.
   *
   * @param consumer called with one event at a time, in order, on a thread of the feed's own; must
   *     not block for long
   */
  void start(Consumer<LockEvent> consumer);

  /** Drops the present connection and lists anew; for when the watch looks dead. Never blocks. */
  void refresh();

  /** Ends it; no event follows once this has returned, but for one that is being delivered. */
  @Override
  void close();
}
