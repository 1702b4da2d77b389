package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.member.MemberSight;
import java.util.List;
import java.util.Set;

/**
 * What one replica has seen of its whole component, at one moment. Immutable, and for people:
 * everything in it may be over when it is read.
 *
 * @param nanos that moment, on the replica's monotonic clock
 * @param selfUid the uid of the replica's own member Lease; empty while it is no member
 * @param members all members with a Lease
 * @param buckets all buckets that have a Lease or could be led here
 * @param open the buckets whose keys are dispatched here
 * @param moves the last changes of hands, the newest first
 */
public record ClusterSight(
    long nanos,
    String selfUid,
    List<MemberSight> members,
    List<BucketSight> buckets,
    Set<Bucket> open,
    List<SeenMove> moves) {

  /** Copies the collections. */
  public ClusterSight {
    members = List.copyOf(members);
    buckets = List.copyOf(buckets);
    open = Set.copyOf(open);
    moves = List.copyOf(moves);
  }
}
