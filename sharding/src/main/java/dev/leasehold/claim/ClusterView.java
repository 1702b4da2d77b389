package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Version;
import dev.leasehold.member.MemberSight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that one replica has seen of its component's Leases, by its one ordered watch.
 *
 * <p>Deterministic: what it knows follows from the events and the times of their sighting alone. It
 * does no IO and reads no clock. Not thread-safe; confined to the election loop.
 */
final class ClusterView {

  private static final int MOST_TERMS = 3;

  private final LeaseNames names;

  /** Which bucket a Lease is of, if any, by its name; names come again and again. */
  private final Map<String, Optional<Bucket>> bucketsByLease = new HashMap<>();

  private final KnownMembers members;
  private final Map<Bucket, BucketSight> buckets = new HashMap<>();
  private final MoveLog moves = new MoveLog();

  /** Others that were there at the first list, and so may have done what it can't show. */
  private final List<MemberSight> atFirstList = new ArrayList<>();

  /**
   * Whether the first list had a bucket of somebody who has no Lease, or says that it has never
   * led: then somebody's Leases have been meddled with, and others may be gone.
   */
  private boolean oddAtFirstList;

  private boolean listed;

  /** Whether there was a second list: anybody may have come and gone in the gap before it. */
  private boolean relisted;

  private long listedNanos;

  /**
   * Creates a view that has seen nothing.
   *
   * @param names the names of the component's Leases
   * @param ownLeaseDuration this replica's own lease duration
   */
  ClusterView(LeaseNames names, Duration ownLeaseDuration) {
    this.names = names;
    this.members = new KnownMembers(ownLeaseDuration);
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
    boolean news = false;
    if (event instanceof LockEvent.Listed list) {
      news = listed(list.locks(), nanos, own, changed);
    } else if (event instanceof LockEvent.Changed change) {
      news = present(change.lock(), nanos, false, changed);
    } else if (event instanceof LockEvent.Deleted deletion) {
      news = deleted(deletion.name(), deletion.version(), nanos, changed);
    }
    return new Changes(changed, news);
  }

  private boolean listed(
      List<LockSnapshot> locks, long nanos, Set<String> own, Set<Bucket> changed) {
    boolean news = !listed;
    Set<String> present = new HashSet<>();
    // Members first: whether a bucket's holder is dead is a question about them.
    for (LockSnapshot lock : locks) {
      present.add(lock.name());
      if (bucketNamed(lock.name()).isEmpty()) {
        news |= present(lock, nanos, listed, changed);
      }
    }
    for (MemberSight member : members.all()) {
      if (!present.contains(member.lock().name())) {
        memberGone(member, nanos);
        news = true;
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
      for (MemberSight member : members.all()) {
        if (!member.fenced() && !member.neverLed() && !own.contains(member.uid())) {
          atFirstList.add(member);
        }
      }
    }
    oddAtFirstList |= !relisted && buckets.values().stream().anyMatch(this::isOdd);
    for (BucketSight sight : List.copyOf(buckets.values())) {
      if (!present.contains(names.bucket(sight.bucket()))) {
        absentFromList(sight, nanos, changed);
      }
    }
    return news;
  }

  private boolean isOdd(BucketSight sight) {
    MemberSight holder = members.withUid(sight.holderUid());
    return !sight.holderUid().isEmpty()
        && (holder == null || (!holder.fenced() && holder.neverLed()));
  }

  private boolean present(LockSnapshot lock, long nanos, boolean hidden, Set<Bucket> changed) {
    Bucket bucket = bucketNamed(lock.name()).orElse(null);
    if (bucket == null) {
      MemberSight seen = members.named(lock.name());
      boolean news = members.present(lock, nanos);
      moves.member(seen, members.named(lock.name()));
      return news;
    }
    BucketSight before = sightOf(bucket, nanos);
    if (before.knows(lock)) {
      return false;
    }
    BucketSight.Context context = context(before, nanos, hidden);
    BucketSight after = before.present(lock, context);
    buckets.put(bucket, after);
    if (listed) {
      moves.bucket(before, after, context.holderIsDead());
    }
    if (!after.holderUid().equals(before.holderUid())) {
      members.took(after.holderUid(), nanos);
    }
    members.namedBy(lock.record(), after.holderUid(), nanos);
    changed.add(bucket);
    return false;
  }

  private Optional<Bucket> bucketNamed(String lease) {
    return bucketsByLease.computeIfAbsent(lease, names::bucketNamed);
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
    MemberSight member = members.named(name);
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
    members.gone(member, nanos);
    moves.memberGone(member);
    bucketsByLease.remove(member.lock().name());
  }

  private BucketSight.Context context(BucketSight before, long nanos, boolean hidden) {
    boolean dead =
        !before.holderUid().isEmpty()
            && members.standing(before.holderUid(), nanos) == Standing.DEAD;
    return new BucketSight.Context(nanos, hidden, dead, members.longestNanos());
  }

  /** Whether somebody could have held the bucket unseen. */
  private boolean mayHaveBeenHeld(Bucket bucket) {
    return relisted
        || oddAtFirstList
        || atFirstList.stream()
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
    long clear = mayHaveBeenHeld(bucket) ? listedNanos + members.longestNanos() : listedNanos;
    BucketSight unseen =
        BucketSight.unseen(bucket, listed ? clear : nanos + members.longestNanos(), nanos);
    if (listed) {
      buckets.put(bucket, unseen);
    }
    return unseen;
  }

  /**
   * Since when the owner-to-be of a bucket has let it lie that it could have taken. While it gets
   * others it is taken to be busy, but not for longer than three of the longest terms.
   *
   * @param planned its uid; empty for nobody
   */
  long leftSince(BucketSight sight, String planned, long nanos) {
    String holder = sight.holderUid();
    long since = sight.sightedNanos();
    if (members.standing(holder, nanos) == Standing.DEAD) {
      since = BucketSight.later(since, members.deadSince(holder));
    }
    Long took = members.tookNanos(planned);
    long latest = since + MOST_TERMS * members.longestNanos();
    return took == null ? since : Agenda.sooner(BucketSight.later(since, took), latest);
  }

  /** All buckets that were ever seen or asked for; a view. */
  Collection<BucketSight> sights() {
    return Collections.unmodifiableCollection(buckets.values());
  }

  /** The last changes of hands. */
  MoveLog moves() {
    return moves;
  }

  /** The members as last seen. */
  KnownMembers members() {
    return members;
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
}
