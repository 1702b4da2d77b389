package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A bucket's Lease as this replica has last seen it, and from when on what it says is the whole
 * truth.
 *
 * <p>A Lease that changes hands by the rules changes from one holder straight to the next: the old
 * one hands it over or releases it, or is dead. Any other change is an outsider's, and the holder
 * before may not have heard of it yet; then {@code clearAtNanos} lies as far ahead as that holder's
 * term can reach. Whoever would open or take the bucket waits for it.
 *
 * @param bucket which bucket
 * @param lock its Lease; null if it is absent
 * @param holderUid the uid of the member Lease that holds it; empty if nobody does or it makes no
 *     sense
 * @param displacedUid the holder whom an outsider put off by deleting or emptying the Lease, while
 *     nobody else has held it since; empty otherwise
 * @param clearAtNanos from when on nobody but the holder can be working on the bucket
 * @param displacedClearAtNanos the same for the displaced holder, when it was displaced
 * @param sighting counts the versions and absences seen, so that a write knows what it was built on
 * @param sightedNanos when this was seen
 * @param lastNumber the newest version number seen; older events are ignored
 */
public record BucketSight(
    Bucket bucket,
    @Nullable LockSnapshot lock,
    String holderUid,
    String displacedUid,
    long clearAtNanos,
    long displacedClearAtNanos,
    long sighting,
    long sightedNanos,
    long lastNumber) {

  /** A bucket whose Lease has never been seen. */
  static BucketSight unseen(Bucket bucket, long clearAtNanos, long nanos) {
    return new BucketSight(bucket, null, "", "", clearAtNanos, clearAtNanos, 0, nanos, 0);
  }

  /** Whether a version of that number tells nothing new. */
  boolean knows(LockSnapshot snapshot) {
    long number = snapshot.version().number();
    return sighting != 0 && Long.compareUnsigned(number, lastNumber) <= 0;
  }

  /**
   * The sight after a version was seen.
   *
   * @param next the version
   * @param context what else is known at that moment
   */
  BucketSight present(LockSnapshot next, Context context) {
    LockRecord record = next.record();
    String uid = record.isHeld() ? record.annotation(LeaseMetadata.MEMBER_UID) : "";
    return after(next, uid, clearAfter(record, uid, context), next.version().number(), context);
  }

  /** The sight after the Lease was seen to be gone: its holder may still work. */
  BucketSight absent(long number, Context context) {
    boolean noneToWaitFor = holderUid.isEmpty() || context.holderIsDead;
    long clear =
        noneToWaitFor && !context.hidden ? clearAtNanos : later(clearAtNanos, context.waited());
    long newest = Long.compareUnsigned(number, lastNumber) > 0 ? number : lastNumber;
    return after(null, "", clear, newest, context);
  }

  /** The sight after a list that may hide what was between: also an absence isn't what it was. */
  BucketSight stillAbsent(Context context) {
    return after(null, "", later(clearAtNanos, context.waited()), lastNumber, context);
  }

  private BucketSight after(
      @Nullable LockSnapshot next, String uid, long clearAt, long number, Context context) {
    boolean putOff = uid.isEmpty() && !holderUid.isEmpty() && !context.holderIsDead;
    boolean stillPutOff = uid.isEmpty() && holderUid.isEmpty();
    String displaced = "";
    long displacedClearAt = clearAt;
    if (!context.hidden && !isReleased(next) && (putOff || stillPutOff)) {
      displaced = putOff ? holderUid : displacedUid;
      displacedClearAt = putOff ? clearAtNanos : displacedClearAtNanos;
    }
    return new BucketSight(
        bucket,
        next,
        uid,
        displaced,
        clearAt,
        displacedClearAt,
        sighting + 1,
        context.nanos,
        number);
  }

  private long clearAfter(LockRecord record, String uid, Context context) {
    boolean released =
        !record.isHeld()
            && isMark(
                record, LeaseMetadata.RELEASED_BY, context.hidden ? member(record) : holderUid);
    if (released || (!context.hidden && isHandOver(record, uid))) {
      // The holder before does this only once it has stopped, and only if it was the sole one.
      return context.nanos;
    }
    if (!uid.isEmpty() && uid.equals(displacedUid) && !context.hidden) {
      return displacedClearAtNanos;
    }
    boolean fromNobody = holderUid.isEmpty() || context.holderIsDead;
    boolean sameHolder = uid.equals(holderUid);
    if ((fromNobody || sameHolder) && !context.hidden) {
      return clearAtNanos;
    }
    return later(clearAtNanos, context.waited());
  }

  /** Whether the holder of the very version before gave the bucket away. */
  boolean isHandOver(LockRecord record, String uid) {
    return lock != null
        && !uid.isEmpty()
        && !uid.equals(holderUid)
        && !holderUid.isEmpty()
        && isMark(
            record, LeaseMetadata.HANDED_OVER_BY, BucketRecords.handOverMark(holderUid, lock));
  }

  private boolean isReleased(@Nullable LockSnapshot next) {
    return next != null
        && !next.record().isHeld()
        && isMark(next.record(), LeaseMetadata.RELEASED_BY, holderUid);
  }

  private static String member(LockRecord record) {
    return record.annotation(LeaseMetadata.MEMBER_UID);
  }

  private static boolean isMark(LockRecord record, String annotation, String uid) {
    return !uid.isEmpty() && record.annotation(annotation).equals(uid);
  }

  /** The later of two times. */
  static long later(long one, long other) {
    return one - other >= 0 ? one : other;
  }

  /**
   * What is known beside the bucket when a change of it is seen.
   *
   * @param nanos when it is seen
   * @param hidden whether changes before it may have been missed: it comes from a list
   * @param holderIsDead whether the holder until then is fenced or waited out
   * @param waitNanos the longest term that anybody may still rely on
   */
  record Context(long nanos, boolean hidden, boolean holderIsDead, long waitNanos) {

    long waited() {
      return nanos + waitNanos;
    }
  }
}
