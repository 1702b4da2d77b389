package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.TermView;

/**
 * One run of a reconciler for one key.
 *
 * @param process the name of the process that it runs on
 * @param bucket the key's bucket
 * @param key the key
 * @param revision the newest change of the key that the process had heard of when the run began
 * @param term the term that the run began under: whether it still stands, and its epoch
 */
public record SimulatedRun(String process, Bucket bucket, String key, int revision, TermView term) {

  /** The fencing token that the run sends along with its writes, an unsigned number. */
  public long epoch() {
    return term.epoch();
  }

  @Override
  public String toString() {
    return "%s of %s on %s under epoch %s"
        .formatted(key, bucket, process, Long.toUnsignedString(epoch()));
  }
}
