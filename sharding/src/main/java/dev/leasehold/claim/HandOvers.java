package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Follows the changes of hands that this replica brings about, and tells of each when it is done.
 *
 * <p>Confined to the election loop.
 */
final class HandOvers {

  private static final Logger log = LoggerFactory.getLogger(HandOvers.class);

  private final ShardListener listener;
  private final Map<Bucket, Course> courses = new HashMap<>();

  HandOvers(ShardListener listener) {
    this.listener = listener;
  }

  /** How far one bucket has come. */
  private static final class Course {
    private final String holderUid;
    private final long closedNanos;
    private long stoppedNanos;
    private long sentNanos;
    private @Nullable Long answeredNanos;
    private @Nullable LockRecord written;
    private String from = "";
    private ChangeOfHands.Reason reason = ChangeOfHands.Reason.REBALANCE;
    private Duration silence = Duration.ZERO;

    Course(String holderUid, long nanos) {
      this.holderUid = holderUid;
      this.closedNanos = nanos;
      this.stoppedNanos = nanos;
    }
  }

  /** The bucket is closed to be given away. */
  void closed(BucketSight sight, long nanos) {
    courses.put(sight.bucket(), new Course(sight.holderUid(), nanos));
  }

  void stopped(Bucket bucket, long nanos) {
    Course course = courses.get(bucket);
    if (course != null) {
      course.stoppedNanos = nanos;
    }
  }

  /**
   * A write is sent that names a holder, be it for the first time or again.
   *
   * @param silence since when the holder before has not renewed, if it is taken from the dead
   */
  void sent(
      Bucket bucket,
      ClaimEffect.Write write,
      ChangeOfHands.Reason reason,
      Duration silence,
      long nanos) {
    LockSnapshot base = write.base();
    if (base != null && uid(base.record()).equals(uid(write.record()))) {
      return; // It stays with its holder, or is released by it.
    }
    Course course = courses.computeIfAbsent(bucket, key -> new Course("", nanos));
    course.from = base == null ? "" : base.record().holder();
    course.reason = reason;
    course.answeredNanos = null;
    if (course.written == null || !uid(course.written).equals(uid(write.record()))) {
      course.sentNanos = nanos;
      course.silence = silence;
    }
    course.written = write.record();
  }

  void answered(Bucket bucket, long nanos) {
    Course course = courses.get(bucket);
    if (course != null) {
      course.answeredNanos = nanos;
    }
  }

  /** The bucket is open here: whatever was under way is done or given up. */
  void opened(Bucket bucket) {
    courses.remove(bucket);
  }

  /** The watch shows who holds the bucket. */
  void seen(BucketSight sight, long nanos) {
    Course course = courses.get(sight.bucket());
    LockRecord written = course == null ? null : course.written;
    if (course != null && written == null && course.holderUid.equals(sight.holderUid())) {
      return; // Somebody has edited the Lease of a bucket that still drains here.
    }
    courses.remove(sight.bucket());
    if (course != null && written != null && uid(written).equals(sight.holderUid())) {
      tell(sight, course, written, nanos);
    }
  }

  private void tell(BucketSight sight, Course course, LockRecord written, long nanos) {
    LockSnapshot lock = sight.lock();
    long answered = course.answeredNanos == null ? nanos : course.answeredNanos;
    ChangeOfHands change =
        new ChangeOfHands(
            sight.bucket(),
            course.from,
            written.holder(),
            course.reason,
            sight.lastNumber(),
            lock == null ? "" : lock.version().uid(),
            course.silence,
            Duration.ofNanos(course.stoppedNanos - course.closedNanos),
            Duration.ofNanos(answered - course.sentNanos),
            Duration.ofNanos(nanos - answered));
    log(change);
    Told.to(() -> listener.changedHands(change));
  }

  private static void log(ChangeOfHands change) {
    MDC.put("controller", change.bucket().controller());
    MDC.put("bucket", Integer.toString(change.bucket().index()));
    MDC.put("epoch", Long.toUnsignedString(change.epoch()));
    MDC.put("reason", change.reason().word());
    try {
      log.info("{}", change);
    } finally {
      MDC.clear();
    }
  }

  private static String uid(LockRecord record) {
    return record.annotation(LeaseMetadata.MEMBER_UID);
  }
}
