package dev.leasehold.samples.demo.check;

import dev.leasehold.bucket.Bucket;
import java.time.Instant;
import java.util.Optional;

/**
 * A Lease of the component, as the API server had it.
 *
 * @param name its name
 * @param holder its holder; empty if it has none
 * @param version its resource version, unsigned: for a bucket Lease the epoch
 * @param created when it was created, by the API server's clock
 * @param bucket which bucket it is of; empty for a member Lease
 */
public record LeaseState(
    String name, String holder, long version, Instant created, Optional<Bucket> bucket) {

  /** Whether it is of a bucket, not of a member. */
  public boolean isOfBucket() {
    return bucket.isPresent();
  }
}
