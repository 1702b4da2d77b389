package dev.leasehold.samples.cli;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.BucketState;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Shown;
import dev.leasehold.lock.Version;
import dev.leasehold.member.MemberSight;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as the Leases show it.
 *
 * @param holder its holder's identity; empty if it has none
 * @param epoch its epoch; empty if it has no Lease
 * @param since when that began, by the clock of whoever wrote it; empty if unknown
 * @param state how it stands, in words
 */
record BucketRow(String holder, String epoch, String since, String state) {

  /** So long a silent member is respected whose Lease doesn't say how long. */
  private static final Duration USUAL = Duration.ofSeconds(15);

  /**
   * All buckets that have a Lease or that a member runs.
   *
   * @param leases a component's Leases
   * @param names their names
   * @param now the time by this machine's clock; members that renewed before count by it, so a
   *     clock that is wrong shows living holders as silent, and does no other harm
   */
  static SortedMap<Bucket, BucketRow> of(Collection<Lease> leases, LeaseNames names, Instant now) {
    Map<String, MemberSight> members = new HashMap<>();
    Map<Bucket, LockSnapshot> locks = new HashMap<>();
    for (Lease lease : leases) {
      LockSnapshot lock = snapshot(lease);
      Optional<Bucket> bucket = names.bucketNamed(lock.name());
      if (bucket.isPresent()) {
        locks.put(bucket.get(), lock);
      } else {
        Instant renewed = lock.record().renewed();
        long seen = nanos(renewed == null ? now : renewed);
        members.put(lock.version().uid(), MemberSight.of(null, lock, seen, USUAL.toNanos()));
      }
    }
    SortedMap<Bucket, BucketRow> rows = new TreeMap<>();
    for (MemberSight member : members.values()) {
      if (member.isLive(nanos(now))) {
        member.info().controllers().forEach((name, count) -> unled(rows, name, count));
      }
    }
    locks.forEach((bucket, lock) -> rows.put(bucket, row(lock, members, nanos(now))));
    return rows;
  }

  private static void unled(Map<Bucket, BucketRow> rows, String controller, int count) {
    for (int index = 0; index < count; index++) {
      rows.put(
          new Bucket(controller, index, count),
          new BucketRow("", "", "", BucketState.UNLED.text()));
    }
  }

  private static BucketRow row(LockSnapshot lock, Map<String, MemberSight> members, long nanos) {
    LockRecord record = lock.record();
    String uid = record.isHeld() ? record.annotation(LeaseMetadata.MEMBER_UID) : "";
    Instant acquired = record.acquired();
    return new BucketRow(
        // Whoever may write Leases could otherwise command the reader's terminal.
        Shown.identity(record.holder()),
        lock.version().resourceVersion(),
        acquired == null ? "" : acquired.truncatedTo(ChronoUnit.SECONDS).toString(),
        BucketState.of(uid, members.get(uid), nanos).text());
  }

  private static LockSnapshot snapshot(Lease lease) {
    LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
    return new LockSnapshot(
        lease.getMetadata().getName(),
        Version.of(lease.getMetadata().getUid(), lease.getMetadata().getResourceVersion()),
        new LockRecord(
            Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
            Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 0),
            instant(spec.getAcquireTime()),
            instant(spec.getRenewTime()),
            0,
            Map.of(),
            Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.of())));
  }

  private static @Nullable Instant instant(@Nullable ZonedDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static long nanos(Instant time) {
    return Duration.between(Instant.EPOCH, time).toNanos();
  }
}
