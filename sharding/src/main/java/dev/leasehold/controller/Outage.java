package dev.leasehold.controller;

import java.time.Duration;

/**
 * For how long a watch has been down, and when to ask for the reason: the client begins a watch
 * again and again without a word, even one that is forbidden by now.
 *
 * <p>Decides by the time it is given. Not thread-safe.
 */
final class Outage {

  /** Watches end and begin again all day; that takes less than this. */
  static final Duration GRACE = Duration.ofSeconds(5);

  static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  /**
   * A watch that isn't known to stand may be a quiet one behind a proxy that knows no websockets:
   * that one speaks up once a minute. Longer than this it is down, even if lists are answered.
   */
  static final Duration LONG = Duration.ofMinutes(3);

  private boolean down;
  private long since;
  private long askAt;

  /**
   * Takes note of a look at the watch.
   *
   * @return whether to ask the API server now why it is down
   */
  boolean isToBeExplained(boolean isWatching, long nowNanos) {
    if (isWatching) {
      down = false;
      return false;
    }
    if (!down) {
      down = true;
      since = nowNanos;
      askAt = nowNanos + GRACE.toNanos();
    }
    if (nowNanos - askAt < 0) {
      return false;
    }
    askAt = nowNanos + ASK_AGAIN.toNanos();
    return true;
  }

  /** Whether the watch has been down for so long that nothing but an outage explains it. */
  boolean isLong(long nowNanos) {
    return down && nowNanos - since >= LONG.toNanos();
  }
}
