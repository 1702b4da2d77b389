package dev.leasehold.events;

import dev.leasehold.claim.ChangeOfHands;

/**
 * A change of hands and when it was heard of.
 *
 * @param what the change
 * @param wallMillis by this machine's own clock
 */
record Change(ChangeOfHands what, long wallMillis) {

  /** Changes with equal ones are told together while they come close to each other. */
  Object likeness() {
    return what.leaseUid() + "/" + reason();
  }

  /** In one word, as Events have it. */
  String reason() {
    return switch (what.reason()) {
      case JOIN, LEAVE, REBALANCE -> "HandedOver";
      case CRASH -> "TakenOver";
      case FREE -> "Taken";
      case RETURN -> "Returned";
    };
  }

  /** Whether somebody may want to look into it. */
  boolean isWarning() {
    return what.reason() == ChangeOfHands.Reason.CRASH;
  }

  /** Who wrote it. */
  String writer() {
    return what.isGiven() ? what.from() : what.to();
  }
}
