package dev.leasehold.controller;

import java.time.Duration;

/** When a reconciler wants to see a key again. A change of the resource brings it back anyway. */
public sealed interface Result {

  /**
   * Not before something changes. The key's failures are forgotten: should it fail again, its
   * attempts and its backoff begin anew.
   */
  static Result done() {
    return Done.DONE;
  }

  /**
   * After a time, unless something changes earlier; then that run's result says when to come back.
   * The key's failures are forgotten as after {@link #done()}.
   *
   * @param delay zero or more; at most 100 years, longer is cut
   * @throws IllegalArgumentException if the delay is negative
   */
  static Result requeueAfter(Duration delay) {
    return new RequeueAfter(delay);
  }

  /** After the key's backoff, as after an exception, but without a log entry. */
  static Result retry() {
    return Retry.RETRY;
  }

  /** See {@link Result#done()}. */
  enum Done implements Result {
    /** The only one. */
    DONE
  }

  /**
   * See {@link Result#requeueAfter}.
   *
   * @param delay zero or more
   */
  record RequeueAfter(Duration delay) implements Result {

    /**
     * Checks the delay.
     *
     * @throws IllegalArgumentException if the delay is negative
     */
    public RequeueAfter {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("A delay of %s is negative.".formatted(delay));
      }
    }
  }

  /** See {@link Result#retry()}. */
  enum Retry implements Result {
    /** The only one. */
    RETRY
  }
}
