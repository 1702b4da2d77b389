package dev.leasehold.member;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.Kept;
import dev.leasehold.lock.LockRecord;
import java.util.Map;

/** What a fence writes: the lapsed member's Lease, emptied and marked with its own uid. */
public final class FenceRecord {

  private FenceRecord() {}

  /**
   * The record that fences a member. To be written over the version whose expiry was waited out and
   * over no other.
   *
   * @param lapsed the member
   * @param by the identity of who fences it
   */
  public static LockRecord of(MemberSight lapsed, String by) {
    LockRecord last = lapsed.lock().record();
    Map<String, String> annotations = Kept.annotations(last);
    annotations.put(LeaseMetadata.FENCED, lapsed.uid());
    annotations.put(LeaseMetadata.FENCED_BY, by);
    return new LockRecord(
        "",
        last.hasSaneDuration() ? last.durationSeconds() : 1,
        last.acquired(),
        last.renewed(),
        Kept.transitions(last, true),
        Kept.labels(last),
        annotations);
  }
}
