package dev.leasehold.claim;

import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.member.MemberInfo;
import dev.leasehold.member.MemberSight;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members as one replica has seen them: who has a Lease, who has lapsed, who is dead.
 *
 * <p>Deterministic, as {@link ClusterView} is, whose part it is. Not thread-safe; confined to the
 * election loop.
 */
final class KnownMembers {

  private final Map<String, MemberSight> byLease = new HashMap<>();
  private final Map<String, MemberSight> byUid = new HashMap<>();

  /** Holders without a Lease: when each counts as dead. */
  private final Map<String, Long> deadAtNanos = new HashMap<>();

  /** When each member was last seen to get a bucket, by its uid. */
  private final Map<String, Long> tookNanos = new HashMap<>();

  /** When each member was first seen, by its uid. */
  private final Map<String, Long> cameNanos = new HashMap<>();

  private final Hosts hosts = new Hosts();

  private long longestNanos;

  KnownMembers(Duration ownLeaseDuration) {
    this.longestNanos = ownLeaseDuration.toNanos();
  }

  // ---- what is seen ----

  /** Takes a version in; whether it says anything new, which a renewal doesn't. */
  boolean present(LockSnapshot lock, long nanos) {
    MemberSight before = byLease.get(lock.name());
    if (before != null && !lock.version().isAfter(before.lock().version())) {
      return false;
    }
    boolean same = before != null && before.uid().equals(lock.version().uid());
    if (before != null && !same) {
      gone(before, nanos);
    }
    MemberSight after = MemberSight.of(same ? before : null, lock, nanos, longestNanos);
    longestNanos = Math.max(longestNanos, after.durationNanos());
    byLease.put(lock.name(), after);
    byUid.put(after.uid(), after);
    cameNanos.putIfAbsent(after.uid(), nanos);
    if (after.fenced() && before != null && same && !before.fenced()) {
      hosts.ended(before.identity(), nanos);
    }
    deadAtNanos.remove(after.uid());
    return !same
        || before == null
        || !before.info().equals(after.info())
        || before.fenced() != after.fenced()
        || !before.isLive(nanos)
        || !before.identity().equals(after.identity());
  }

  /** Takes in that a member has no Lease any more. */
  void gone(MemberSight member, long nanos) {
    byLease.remove(member.lock().name(), member);
    if (!member.fenced()) {
      hosts.ended(member.identity(), nanos);
    }
    byUid.remove(member.uid());
    tookNanos.remove(member.uid());
    cameNanos.remove(member.uid());
    deadAtNanos.put(member.uid(), member.fenced() ? nanos : nanos + longestNanos);
  }

  /** Takes in that a bucket's Lease names a holder, whose own Lease may never have been seen. */
  void namedBy(LockRecord bucket, String uid, long nanos) {
    if (!uid.isEmpty() && !byUid.containsKey(uid)) {
      // Its Lease was never seen, so all that is known of its duration stands on the bucket's.
      long wait = Math.max(MemberInfo.durationNanosOn(bucket, longestNanos), longestNanos);
      deadAtNanos.putIfAbsent(uid, nanos + wait);
    }
  }

  /** Takes in that a member was seen to get a bucket. */
  void took(String uid, long nanos) {
    if (byUid.containsKey(uid)) {
      tookNanos.put(uid, nanos);
    }
  }

  // ---- what is known ----

  /** All members with a Lease, this process's own included; a copy. */
  List<MemberSight> all() {
    return List.copyOf(byLease.values());
  }

  /** The member with that Lease uid, or null. */
  @Nullable MemberSight withUid(String uid) {
    return byUid.get(uid);
  }

  /** The member whose Lease has that name, or null. */
  @Nullable MemberSight named(String lease) {
    return byLease.get(lease);
  }

  /** The longest term that anybody may still rely on. */
  long longestNanos() {
    return longestNanos;
  }

  /** How the holder of that uid stands. */
  Standing standing(String uid, long nanos) {
    MemberSight member = byUid.get(uid);
    if (member != null) {
      if (member.fenced()) {
        return Standing.DEAD;
      }
      return member.isLapsed(nanos) ? Standing.LAPSED : Standing.RESPECTED;
    }
    Long dead = deadAtNanos.get(uid);
    return dead != null && nanos - dead >= 0 ? Standing.DEAD : Standing.RESPECTED;
  }

  /** Since when a holder is dead that is; without meaning for any other. */
  long deadSince(String uid) {
    MemberSight member = byUid.get(uid);
    return member == null ? deadAtNanos.getOrDefault(uid, 0L) : member.sightedNanos();
  }

  /**
   * From when on the member has watched for longer than any term may last, if nothing interrupts
   * it. A process that was a member before has long been there.
   */
  long seasonedAt(String uid) {
    MemberSight member = byUid.get(uid);
    long came = cameNanos.getOrDefault(uid, 0L);
    return member != null && member.info().earlierLives().isEmpty() ? came + longestNanos : came;
  }

  /**
   * How many times as long as usual the member must stay before it is given what others lead, as
   * far as this replica remembers the processes before it on its host. It is 1 for a process that
   * was a member before.
   */
  int patience(String uid, long nanos) {
    MemberSight member = byUid.get(uid);
    return member != null && member.info().earlierLives().isEmpty()
        ? hosts.patience(member.identity(), nanos)
        : 1;
  }

  /** When the member was last seen to get a bucket; null for not yet. */
  @Nullable Long tookNanos(String uid) {
    return tookNanos.get(uid);
  }

  /** Forgets holders that are dead and that none of these is. */
  void forgetTheDead(Collection<String> holders, long nanos) {
    Set<String> named = Set.copyOf(holders);
    deadAtNanos.entrySet().removeIf(e -> nanos - e.getValue() >= 0 && !named.contains(e.getKey()));
  }

  /**
   * When the next of the holders without a Lease will count as dead, which no event will tell;
   * {@link Long#MAX_VALUE} if none is waited for.
   */
  long nextDeathAfter(long nanos) {
    long next = Long.MAX_VALUE;
    for (long at : deadAtNanos.values()) {
      if (at - nanos > 0 && (next == Long.MAX_VALUE || at - next < 0)) {
        next = at;
      }
    }
    return next;
  }
}
