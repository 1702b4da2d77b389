package dev.leasehold.elector;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * client-go's decisions ({@code leaderelection.go}, 0.29): tryAcquireOrRenew and release, line by
 * line. Like its Lease lock, it writes the spec and carries the metadata along as it was read.
 * {@link ClientGoTest} holds it against what a real one wrote.
 */
final class ClientGo {

  private final MemoryLocks locks;
  private final String name;
  private final String identity;
  private final Duration leaseDuration;
  private @Nullable LockRecord observedRecord;
  private Instant observedTime = Instant.EPOCH;

  ClientGo(MemoryLocks locks, String name, String identity) {
    this(locks, name, identity, Duration.ofSeconds(15));
  }

  ClientGo(MemoryLocks locks, String name, String identity, Duration leaseDuration) {
    this.locks = locks;
    this.name = name;
    this.identity = identity;
    this.leaseDuration = leaseDuration;
  }

  boolean isLeader() {
    return observedRecord != null && observedRecord.holder().equals(identity);
  }

  /** One attempt; true if it holds the lock afterwards. */
  boolean tryAcquireOrRenew(Instant now) {
    LockSnapshot old = locks.get(name);
    if (old == null) {
      return write(null, record(now, now, 0, null), now);
    }
    if (!old.record().equals(observedRecord)) {
      observedRecord = old.record();
      observedTime = now;
    }
    LockRecord record = old.record();
    boolean valid = observedTime.plus(leaseDuration).isAfter(now);
    if (!record.holder().isEmpty() && valid && !isLeader()) {
      return false;
    }
    if (isLeader()) {
      Instant acquired = record.acquired() == null ? now : record.acquired();
      return write(old, record(acquired, now, record.transitions(), record), now);
    }
    return write(old, record(now, now, record.transitions() + 1, record), now);
  }

  /** ReleaseOnCancel. */
  boolean release(Instant now) {
    LockSnapshot old = locks.get(name);
    if (old == null || !isLeader()) {
      return true;
    }
    LockRecord before = old.record();
    return write(
        old,
        new LockRecord(
            "", 1, now, now, before.transitions(), before.labels(), before.annotations()),
        now);
  }

  private LockRecord record(
      Instant acquired, Instant renewed, int transitions, @Nullable LockRecord metadata) {
    return new LockRecord(
        identity,
        (int) leaseDuration.toSeconds(),
        acquired,
        renewed,
        transitions,
        metadata == null ? Map.of() : metadata.labels(),
        metadata == null ? Map.of() : metadata.annotations());
  }

  private boolean write(@Nullable LockSnapshot old, LockRecord record, Instant now) {
    CompletionStage<Outcome> stage =
        old == null ? locks.create(name, record) : locks.replace(name, old.version(), record);
    if (stage.toCompletableFuture().join() instanceof Outcome.Written) {
      observedRecord = record;
      observedTime = now;
      return true;
    }
    return false;
  }
}
