package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.LockStore;
import dev.leasehold.lock.Outcome;
import dev.leasehold.member.MemberInfo;
import dev.leasehold.member.MemberSight;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the Leases of buckets that no replica runs any more: of a controller that is gone, or of
 * an earlier bucket count.
 *
 * <p>One goes only after nobody could have held it for {@value #SAFE_LEASES} of the longest lease
 * durations in a row: no member announces that it runs the bucket, or fails to say what it runs,
 * and the holder that the Lease names is none or dead. Members that have lapsed count until they
 * are fenced. The deletion names uid and version, so it fails if anybody has written meanwhile.
 *
 * <p>Confined to the election loop.
 */
final class Leftovers {

  /** For how many lease durations a Lease must have been of no use. */
  static final int SAFE_LEASES = 3;

  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  private final LockStore store;
  private final ClusterView view;
  private final Duration retryPeriod;
  private final Map<Bucket, Long> uselessSince = new HashMap<>();
  private final Map<Bucket, Long> nextTryNanos = new HashMap<>();

  Leftovers(LockStore store, ClusterView view, Duration retryPeriod) {
    this.store = store;
    this.view = view;
    this.retryPeriod = retryPeriod;
  }

  /**
   * Does what is due.
   *
   * @param janitor whether this replica is the one to remove them; the others only take notice
   * @param nanos the present time
   * @return when something will be due again
   */
  long tend(boolean janitor, long nanos) {
    long safe = SAFE_LEASES * view.members().longestNanos();
    long wakeAt = Long.MAX_VALUE;
    List<MemberInfo> infos =
        view.members().all().stream().filter(m -> !m.fenced()).map(MemberSight::info).toList();
    Map<Bucket, LockSnapshot> useless = new HashMap<>();
    for (BucketSight sight : view.sights()) {
      LockSnapshot lock = sight.lock();
      if (lock != null && isUseless(sight, infos, nanos)) {
        useless.put(sight.bucket(), lock);
      }
    }
    uselessSince.keySet().retainAll(useless.keySet());
    nextTryNanos.keySet().retainAll(useless.keySet());
    for (Map.Entry<Bucket, LockSnapshot> each : useless.entrySet()) {
      Bucket bucket = each.getKey();
      long due = uselessSince.computeIfAbsent(bucket, key -> nanos) + safe;
      due = Math.max(due - nanos, nextTryNanos.getOrDefault(bucket, due) - nanos) + nanos;
      if (nanos - due >= 0 && janitor) {
        due = nanos + retryPeriod.toNanos();
        nextTryNanos.put(bucket, due);
        remove(bucket, each.getValue());
      }
      if (janitor || nanos - due < 0) {
        wakeAt = Agenda.sooner(wakeAt, due);
      }
    }
    return wakeAt;
  }

  private boolean isUseless(BucketSight sight, List<MemberInfo> infos, long nanos) {
    for (MemberInfo info : infos) {
      if (info.controllers().isEmpty() || info.runs(sight.bucket())) {
        return false;
      }
    }
    String holder = sight.holderUid();
    boolean held = !holder.isEmpty() && view.members().standing(holder, nanos) != Standing.DEAD;
    return !held && nanos - sight.clearAtNanos() >= 0;
  }

  private void remove(Bucket bucket, LockSnapshot lock) {
    log.info(
        "Removing Lease {}: no replica runs {} with {} buckets any more",
        lock.name(),
        bucket.controller(),
        bucket.count());
    store
        .delete(lock.name(), lock.version())
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Refused refused) {
                log.warn("{}", refused.reason());
              }
            });
  }
}
