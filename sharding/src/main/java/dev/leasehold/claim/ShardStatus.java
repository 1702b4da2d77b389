package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica leads, at one moment. Immutable.
 *
 * @param identity the replica's present identity, or its last one
 * @param term the member's term; null while the replica is no member
 * @param buckets all buckets of its controllers
 * @param led those that are open here
 */
public record ShardStatus(
    String identity, @Nullable TermView term, List<Bucket> buckets, List<Led> led) {

  /** Copies the lists. */
  public ShardStatus {
    buckets = List.copyOf(buckets);
    led = List.copyOf(led);
  }

  /** Whether the replica is a member now: not when this was gathered, but when it is asked. */
  public boolean isMember() {
    return term != null && term.isValid();
  }

  /** The buckets of one controller that are led; none if the replica is no member now. */
  public List<Led> ledBy(String controller) {
    return isMember()
        ? led.stream().filter(one -> one.bucket().controller().equals(controller)).toList()
        : List.of();
  }

  /**
   * A bucket that is led.
   *
   * @param bucket the bucket
   * @param lease the name of its Lease
   * @param epoch its epoch
   */
  public record Led(Bucket bucket, String lease, long epoch) {}
}
