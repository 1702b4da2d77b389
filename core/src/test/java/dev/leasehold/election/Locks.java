package dev.leasehold.election;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import java.time.Instant;
import java.util.Map;

/** Versions of the lock as somebody may have written them. */
final class Locks {

  static final String NAME = "lock";

  private Locks() {}

  /** Held, in the way of client-go: without any annotation. */
  static LockSnapshot heldBy(String holder, int seconds, long version) {
    return of("uid-1", version, holder, seconds, Map.of());
  }

  static LockSnapshot of(
      String uid, long version, String holder, int seconds, Map<String, String> annotations) {
    Instant written = Instant.ofEpochSecond(1_000_000 + version);
    return new LockSnapshot(
        NAME,
        new Version(uid, version),
        new LockRecord(holder, seconds, written, written, 3, Map.of(), annotations));
  }

  /** Given up by its holder, which says so. */
  static LockSnapshot releasedBy(String holder, long version) {
    return of("uid-1", version, "", 1, Map.of(ElectionAnnotations.RELEASED, holder));
  }

  /** The same object with a newer version and another record. */
  static LockSnapshot edited(LockSnapshot lock, long version, LockRecord record) {
    return new LockSnapshot(lock.name(), new Version(lock.version().uid(), version), record);
  }

  static LockRecord withHolder(LockRecord record, String holder) {
    return new LockRecord(
        holder,
        record.durationSeconds(),
        record.acquired(),
        record.renewed(),
        record.transitions(),
        record.labels(),
        record.annotations());
  }

  static LockRecord withSeconds(LockRecord record, int seconds) {
    return new LockRecord(
        record.holder(),
        seconds,
        record.acquired(),
        record.renewed(),
        record.transitions(),
        record.labels(),
        record.annotations());
  }

  static LockRecord withRenewed(LockRecord record, Instant renewed) {
    return new LockRecord(
        record.holder(),
        record.durationSeconds(),
        record.acquired(),
        renewed,
        record.transitions(),
        record.labels(),
        record.annotations());
  }

  static LockRecord withLabels(LockRecord record, Map<String, String> labels) {
    return new LockRecord(
        record.holder(),
        record.durationSeconds(),
        record.acquired(),
        record.renewed(),
        record.transitions(),
        labels,
        record.annotations());
  }
}
