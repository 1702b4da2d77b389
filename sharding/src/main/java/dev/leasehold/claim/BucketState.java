package dev.leasehold.claim;

import dev.leasehold.member.MemberSight;
import dev.leasehold.member.MemberState;
import org.jspecify.annotations.Nullable;

/** How a bucket stands, in one word for people. Nothing is decided by it. */
public enum BucketState {
  /** Its holder is alive. */
  LED("led"),
  /** Its holder is alive and gives it away. */
  DRAINING("draining"),
  /** Its holder has missed several renewals, and its term may still stand. */
  SILENT("holder silent"),
  /** Its holder is gone, fenced, or silent for longer than its term could last. */
  DEAD("holder dead"),
  /** It has no holder. */
  UNLED("unled");

  private final String text;

  BucketState(String text) {
    this.text = text;
  }

  /** The state in words. */
  public String text() {
    return text;
  }

  /** Whether somebody should know. */
  public boolean isTrouble() {
    return this == SILENT || this == DEAD || this == UNLED;
  }

  /**
   * The state of a bucket.
   *
   * @param holderUid the uid of the member Lease that holds it; empty if nobody does
   * @param holder the member with that uid; null if there is no such Lease
   * @param nanos the time, on the clock by which the member was seen
   */
  public static BucketState of(String holderUid, @Nullable MemberSight holder, long nanos) {
    if (holderUid.isEmpty()) {
      return UNLED;
    }
    if (holder == null || !holder.isLive(nanos)) {
      return DEAD;
    }
    if (nanos - holder.sightedNanos() > holder.durationNanos() / 2) {
      return SILENT;
    }
    return holder.info().state() == MemberState.DRAINING ? DRAINING : LED;
  }
}
