package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import dev.leasehold.member.MemberInfo;
import dev.leasehold.member.MemberSight;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one replica has seen of its component's Leases, by its one ordered watch.
 *
 * <p>Deterministic: what it knows follows from the events and the times of their sighting alone. It
 * does no IO and reads no clock. Not thread-safe; confined to the election loop.
 */
final class ClusterView {

  private final LeaseNames names;

  /** Which bucket a Lease is of, if any, by its name; names come again and again. */
  private final Map<String, Optional<Bucket>> bucketsByLease = new HashMap<>();

  private final Map<String, MemberSight> membersByLease = new HashMap<>();
  private final Map<String, MemberSight> membersByUid = new HashMap<>();

  /** Holders without a Lease: when each counts as dead. */
  private final Map<String, Long> deadAtNanos = new HashMap<>();

  private final Map<Bucket, BucketSight> buckets = new HashMap<>();

  /** Others that were there at the first list, and so may have done what it can't show. */
  private final Map<String, MemberSight> atFirstList = new HashMap<>();

  private boolean listed;

  /** Whether there was a second list: anybody may have come and gone in the gap before it. */
  private boolean relisted;

  private long listedNanos;
  private long longestNanos;

  /**
   * Creates a view that has seen nothing.
   *
   * @param names the names of the component's Leases
   * @param ownLeaseDuration this replica's own lease duration
   */
  ClusterView(LeaseNames names, Duration ownLeaseDuration) {
    this.names = names;
    this.longestNanos = ownLeaseDuration.toNanos();
  }

  /**
   * What an event changed.
   *
   * @param buckets the buckets whose Leases changed
   * @param members whether a member came, went or announced something new; a renewal is no news
   */
  record Changes(Set<Bucket> buckets, boolean members) {}

  /** Takes an event in, as sighted at {@code nanos}; {@code own} are this process's member uids. */
  Changes apply(LockEvent event, long nanos, Set<String> own) {
    Set<Bucket> changed = new HashSet<>();
    boolean members = false;
    if (event instanceof LockEvent.Listed list) {
      members = listed(list.locks(), nanos, own, changed);
    } else if (event instanceof LockEvent.Changed change) {
      members = present(change.lock(), nanos, false, changed);
    } else if (event instanceof LockEvent.Deleted deletion) {
      members = deleted(deletion.name(), deletion.version(), nanos, changed);
    }
    return new Changes(changed, members);
  }

  private boolean listed(
      List<LockSnapshot> locks, long nanos, Set<String> own, Set<Bucket> changed) {
    boolean members = !listed;
    Set<String> present = new HashSet<>();
    // Members first: whether a bucket's holder is dead is a question about them.
    for (LockSnapshot lock : locks) {
      present.add(lock.name());
      if (bucketNamed(lock.name()).isEmpty()) {
        members |= present(lock, nanos, listed, changed);
      }
    }
    for (MemberSight member : List.copyOf(membersByLease.values())) {
      if (!present.contains(member.lock().name())) {
        memberGone(member, nanos);
        members = true;
      }
    }
    for (LockSnapshot lock : locks) {
      if (bucketNamed(lock.name()).isPresent()) {
        present(lock, nanos, true, changed);
      }
    }
    relisted = listed;
    listed = true;
    listedNanos = nanos;
    if (!relisted) {
      for (MemberSight member : membersByUid.values()) {
        if (!member.fenced() && !own.contains(member.uid())) {
          atFirstList.put(member.uid(), member);
        }
      }
    }
    for (BucketSight sight : List.copyOf(buckets.values())) {
      if (!present.contains(names.bucket(sight.bucket()))) {
        absentFromList(sight, nanos, changed);
      }
    }
    return members;
  }

  private boolean present(LockSnapshot lock, long nanos, boolean hidden, Set<Bucket> changed) {
    Bucket bucket = bucketNamed(lock.name()).orElse(null);
    if (bucket == null) {
      return memberPresent(lock, nanos);
    }
    BucketSight before = sightOf(bucket, nanos);
    if (before.knows(lock)) {
      return false;
    }
    BucketSight after = before.present(lock, context(before, nanos, hidden));
    buckets.put(bucket, after);
    String uid = after.holderUid();
    if (!uid.isEmpty() && !membersByUid.containsKey(uid)) {
      // Its Lease was never seen, so all that is known of its duration stands on the bucket's.
      long wait = MemberInfo.durationNanosOn(lock.record(), longestNanos);
      wait = Math.max(wait, longestNanos);
      deadAtNanos.putIfAbsent(uid, nanos + wait);
    }
    changed.add(bucket);
    return false;
  }

  private Optional<Bucket> bucketNamed(String lease) {
    return bucketsByLease.computeIfAbsent(lease, names::bucketNamed);
  }

  private boolean memberPresent(LockSnapshot lock, long nanos) {
    MemberSight before = membersByLease.get(lock.name());
    if (before != null && !lock.version().isAfter(before.lock().version())) {
      return false;
    }
    boolean same = before != null && before.uid().equals(lock.version().uid());
    if (before != null && !same) {
      memberGone(before, nanos);
    }
    MemberSight after = MemberSight.of(same ? before : null, lock, nanos, longestNanos);
    longestNanos = Math.max(longestNanos, after.durationNanos());
    membersByLease.put(lock.name(), after);
    membersByUid.put(after.uid(), after);
    deadAtNanos.remove(after.uid());
    return !same
        || before == null
        || !before.info().equals(after.info())
        || before.fenced() != after.fenced()
        || !before.isLive(nanos)
        || !before.identity().equals(after.identity());
  }

  private boolean deleted(String name, Version version, long nanos, Set<Bucket> changed) {
    Bucket bucket = bucketNamed(name).orElse(null);
    if (bucket != null) {
      BucketSight before = sightOf(bucket, nanos);
      LockSnapshot lock = before.lock();
      if (lock != null && endsBy(lock.version(), version)) {
        buckets.put(bucket, before.absent(version.number(), context(before, nanos, false)));
        changed.add(bucket);
      }
      return false;
    }
    MemberSight member = membersByLease.get(name);
    if (member == null || !endsBy(member.lock().version(), version)) {
      return false;
    }
    memberGone(member, nanos);
    return true;
  }

  private static boolean endsBy(Version seen, Version deletion) {
    return seen.uid().equals(deletion.uid()) && !seen.isAfter(deletion);
  }

  private void absentFromList(BucketSight sight, long nanos, Set<Bucket> changed) {
    if (sight.lock() != null) {
      buckets.put(sight.bucket(), sight.absent(sight.lastNumber(), context(sight, nanos, true)));
      changed.add(sight.bucket());
    } else if (mayHaveBeenHeld(sight.bucket())) {
      buckets.put(sight.bucket(), sight.stillAbsent(context(sight, nanos, true)));
      changed.add(sight.bucket());
    }
  }

  private void memberGone(MemberSight member, long nanos) {
    membersByLease.remove(member.lock().name(), member);
    bucketsByLease.remove(member.lock().name());
    membersByUid.remove(member.uid());
    deadAtNanos.put(member.uid(), member.fenced() ? nanos : nanos + longestNanos);
  }

  private BucketSight.Context context(BucketSight before, long nanos, boolean hidden) {
    boolean dead =
        !before.holderUid().isEmpty() && standing(before.holderUid(), nanos) == Standing.DEAD;
    return new BucketSight.Context(nanos, hidden, dead, longestNanos);
  }

  /** Whether somebody could have held the bucket unseen. */
  private boolean mayHaveBeenHeld(Bucket bucket) {
    return relisted
        || atFirstList.values().stream()
            .anyMatch(
                member -> member.info().controllers().isEmpty() || member.info().runs(bucket));
  }

  /** Whether there was a list at all; before it nothing is known, not even an absence. */
  boolean isListed() {
    return listed;
  }

  /** The bucket as last seen; absent and free if nobody can have held it. */
  BucketSight sightOf(Bucket bucket, long nanos) {
    BucketSight known = buckets.get(bucket);
    if (known != null) {
      return known;
    }
    long clear = mayHaveBeenHeld(bucket) ? listedNanos + longestNanos : listedNanos;
    BucketSight unseen = BucketSight.unseen(bucket, listed ? clear : nanos + longestNanos, nanos);
    if (listed) {
      buckets.put(bucket, unseen);
    }
    return unseen;
  }

  /** All members with a Lease, this process's own included. */
  Collection<MemberSight> members() {
    return membersByLease.values();
  }

  /** The member with that Lease uid, or null. */
  @Nullable MemberSight member(String uid) {
    return membersByUid.get(uid);
  }

  /** The buckets whose Leases name a holder, with its uid. */
  Map<Bucket, String> holders() {
    Map<Bucket, String> holders = new HashMap<>();
    buckets.forEach(
        (bucket, sight) -> {
          if (!sight.holderUid().isEmpty()) {
            holders.put(bucket, sight.holderUid());
          }
        });
    return holders;
  }

  /** How the holder of that uid stands. */
  Standing standing(String uid, long nanos) {
    MemberSight member = membersByUid.get(uid);
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
    MemberSight member = membersByUid.get(uid);
    return member == null ? deadAtNanos.getOrDefault(uid, 0L) : member.sightedNanos();
  }

  /** Forgets holders that are dead and that no bucket names any more. */
  void forgetTheDead(long nanos) {
    Set<String> named = new HashSet<>(holders().values());
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
