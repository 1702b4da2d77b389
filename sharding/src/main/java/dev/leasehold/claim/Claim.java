package dev.leasehold.claim;

/**
 * What a replica does about one bucket, between two decisions. Immutable.
 *
 * @param work whether the bucket's work runs here
 * @param epoch the epoch under which it is open; 0 if it isn't
 * @param interruptAtNanos while closing: when running work is interrupted
 * @param interrupted while closing: whether that was done
 * @param inFlight whether a write has no answer yet
 * @param unsettled the sighting on which a write was built whose fate is not known; -1 for none. It
 *     may arrive as long as that version stands
 * @param nextTryNanos not before this is another write sent
 * @param suspectAtNanos when a write that is known to have changed the Lease, and doesn't show,
 *     means that the watch is dead; {@link Long#MAX_VALUE} for no suspicion
 */
record Claim(
    Work work,
    long epoch,
    long interruptAtNanos,
    boolean interrupted,
    boolean inFlight,
    long unsettled,
    long nextTryNanos,
    long suspectAtNanos) {

  /** Whether a bucket's work runs. */
  enum Work {
    /** None runs. */
    IDLE,
    /** Its keys are dispatched. */
    OPEN,
    /** No more keys are dispatched; some may still run. */
    CLOSING
  }

  /** Nothing held, nothing sent. */
  static Claim idle(long nanos) {
    return new Claim(Work.IDLE, 0, 0, false, false, -1, nanos, Long.MAX_VALUE);
  }

  Claim opened(long atEpoch) {
    return new Claim(
        Work.OPEN, atEpoch, 0, false, inFlight, unsettled, nextTryNanos, suspectAtNanos);
  }

  Claim closing(long interruptAt) {
    return new Claim(
        Work.CLOSING, epoch, interruptAt, false, inFlight, unsettled, nextTryNanos, suspectAtNanos);
  }

  Claim withInterrupt() {
    return new Claim(
        work, epoch, interruptAtNanos, true, inFlight, unsettled, nextTryNanos, suspectAtNanos);
  }

  /** The work has stopped. */
  Claim stopped() {
    return new Claim(Work.IDLE, 0, 0, false, inFlight, unsettled, nextTryNanos, suspectAtNanos);
  }

  Claim sent(long sighting, long nextTry) {
    return new Claim(
        work, epoch, interruptAtNanos, interrupted, true, sighting, nextTry, suspectAtNanos);
  }

  /**
   * The write was answered. It stays unsettled whatever the answer: an earlier one from the same
   * version may still arrive, and only a newer version tells.
   */
  Claim answered(long suspectAt) {
    return new Claim(
        work,
        epoch,
        interruptAtNanos,
        interrupted,
        false,
        unsettled,
        nextTryNanos,
        Math.min(suspectAtNanos, suspectAt));
  }

  /** A new version was seen: whatever was built on an older one can't arrive any more. */
  Claim seen(long nanos) {
    return new Claim(
        work, epoch, interruptAtNanos, interrupted, inFlight, -1, nanos, Long.MAX_VALUE);
  }

  /** The watch was restarted; whatever it doesn't show by then is tried again. */
  Claim refreshed(long nextTry) {
    return new Claim(
        work, epoch, interruptAtNanos, interrupted, inFlight, unsettled, nextTry, Long.MAX_VALUE);
  }
}
