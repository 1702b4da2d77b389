package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import dev.leasehold.member.MemberInfo;
import dev.leasehold.member.MemberState;
import java.util.HashMap;
import java.util.Map;

/** Leases as a watch shows them, for tests: whose member is {@code "a"} has the uid {@code "a"}. */
final class Leases {

  static final LeaseNames NAMES = LeaseNames.of("shop");
  static final Bucket BUCKET = new Bucket("page", 0, 1);
  static final int DURATION_SECONDS = 15;
  static final long LEASE = 15_000_000_000L;

  private Leases() {}

  static LockSnapshot member(String uid, long version) {
    return member(uid, version, uid, DURATION_SECONDS, Map.of());
  }

  static LockSnapshot member(
      String uid, long version, String holder, int seconds, Map<String, String> more) {
    Map<String, String> annotations =
        new HashMap<>(new MemberInfo(Map.of("page", 1), MemberState.READY).annotations());
    annotations.put(LeaseMetadata.DURATION, Integer.toString(seconds));
    annotations.putAll(more);
    return new LockSnapshot(
        NAMES.member(uid),
        new Version(uid, version),
        new LockRecord(
            holder, seconds, null, null, 0, LeaseMetadata.memberLabels("shop"), annotations));
  }

  static LockSnapshot fenced(String uid, long version) {
    return member(uid, version, "", DURATION_SECONDS, Map.of(LeaseMetadata.FENCED, uid));
  }

  /** The bucket's Lease, held by that member, or emptied if the uid is empty. */
  static LockSnapshot bucket(String holderUid, long version, String... annotations) {
    return bucket("lease", holderUid, version, annotations);
  }

  static LockSnapshot bucket(
      String leaseUid, String holderUid, long version, String... annotations) {
    Map<String, String> all = new HashMap<>();
    if (!holderUid.isEmpty()) {
      all.put(LeaseMetadata.MEMBER, NAMES.member(holderUid));
      all.put(LeaseMetadata.MEMBER_UID, holderUid);
    }
    for (int i = 0; i < annotations.length; i += 2) {
      all.put(annotations[i], annotations[i + 1]);
    }
    return new LockSnapshot(
        NAMES.bucket(BUCKET),
        new Version(leaseUid, version),
        new LockRecord(
            holderUid, DURATION_SECONDS, null, null, 0, LeaseMetadata.labels("shop", BUCKET), all));
  }

  /** The bucket's Lease as its holder has released it itself. */
  static LockSnapshot released(String byUid, long version) {
    return bucket("", version, LeaseMetadata.MEMBER_UID, byUid, LeaseMetadata.RELEASED_BY, byUid);
  }
}
