package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.Kept;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the records of bucket Leases. What others put on them is {@link Kept}. */
final class BucketRecords {

  private final String component;

  BucketRecords(String component) {
    this.component = component;
  }

  /** A record that names {@code holder}; {@code handedOverBy} is empty unless it is given to it. */
  LockRecord held(BucketSight sight, Successor holder, String handedOverBy, long wallMillis) {
    Map<String, String> annotations = annotations(sight.lock());
    annotations.put(LeaseMetadata.MEMBER, holder.lease());
    annotations.put(LeaseMetadata.MEMBER_UID, holder.uid());
    annotations.put(LeaseMetadata.DURATION, Integer.toString(holder.durationSeconds()));
    LockSnapshot before = sight.lock();
    if (!handedOverBy.isEmpty() && before != null) {
      annotations.put(LeaseMetadata.HANDED_OVER_BY, handOverMark(handedOverBy, before));
    }
    boolean changesHands = before != null && !sight.holderUid().equals(holder.uid());
    return new LockRecord(
        holder.identity(),
        holder.durationSeconds(),
        Instant.ofEpochMilli(wallMillis),
        null,
        Kept.transitions(record(before), changesHands),
        labels(sight.bucket(), sight.lock()),
        annotations);
  }

  /** A record that says: its holder has stopped, and whoever wants it may have it at once. */
  LockRecord released(BucketSight sight, long wallMillis) {
    Map<String, String> annotations = annotations(sight.lock());
    annotations.put(LeaseMetadata.MEMBER_UID, sight.holderUid());
    annotations.put(LeaseMetadata.RELEASED_BY, sight.holderUid());
    return new LockRecord(
        "",
        1,
        Instant.ofEpochMilli(wallMillis),
        null,
        Kept.transitions(record(sight.lock()), false),
        labels(sight.bucket(), sight.lock()),
        annotations);
  }

  /**
   * The mark of a hand-over. It names the version that was handed over, since whoever edits the
   * Lease later leaves the mark where it is.
   */
  static String handOverMark(String uid, LockSnapshot base) {
    return uid + "@" + base.version();
  }

  /** Whether that member handed the bucket over, at some time since it last changed hands. */
  static boolean isHandedOverBy(LockRecord record, String uid) {
    return record.annotation(LeaseMetadata.HANDED_OVER_BY).startsWith(uid + "@");
  }

  private Map<String, String> labels(Bucket bucket, @Nullable LockSnapshot before) {
    Map<String, String> labels = Kept.labels(record(before));
    labels.putAll(LeaseMetadata.labels(component, bucket));
    return labels;
  }

  private static Map<String, String> annotations(@Nullable LockSnapshot before) {
    Map<String, String> annotations = Kept.annotations(record(before));
    annotations.remove(LeaseMetadata.MEMBER);
    annotations.remove(LeaseMetadata.MEMBER_UID);
    annotations.remove(LeaseMetadata.DURATION);
    annotations.remove(LeaseMetadata.HANDED_OVER_BY);
    annotations.remove(LeaseMetadata.RELEASED_BY);
    return annotations;
  }

  private static @Nullable LockRecord record(@Nullable LockSnapshot before) {
    return before == null ? null : before.record();
  }
}
