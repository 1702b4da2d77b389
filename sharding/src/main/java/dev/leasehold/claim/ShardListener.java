package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.election.EndCause;
import dev.leasehold.election.TermView;
import java.time.Duration;

/**
 * Hears of what a replica leads. Called on the election loop, so it must return without blocking;
 * if it throws, that is logged and changes nothing.
 */
public interface ShardListener {

  /** Hears nothing. */
  ShardListener NONE = new ShardListener() {};

  /**
   * The process has become a member.
   *
   * @param term the member's term
   */
  default void joined(TermView term) {}

  /**
   * The process is no longer that member.
   *
   * @param term the member's term as it was
   * @param cause why
   */
  default void left(TermView term, EndCause cause) {}

  /**
   * The member's term goes on.
   *
   * @param latency from the request that renewed its Lease until the watch showed it
   */
  default void renewed(Duration latency) {}

  /**
   * The bucket's gate is about to open here.
   *
   * @param bucket the bucket
   * @param term under which its keys run
   */
  default void promoted(Bucket bucket, TermView term) {}

  /**
   * The bucket's gate has closed here; keys that were running may still run.
   *
   * @param bucket the bucket
   * @param term under which its keys ran
   * @param cause why
   */
  default void demoted(Bucket bucket, TermView term, CloseCause cause) {}

  /**
   * A bucket has changed hands by a write of this replica's: it gave the bucket away, or took it.
   * So over all replicas each change is told once.
   *
   * @param change from whom, to whom, why, and how long each part took
   */
  default void changedHands(ChangeOfHands change) {}

  /**
   * The API server turned a write down.
   *
   * @param reason a sentence
   */
  default void refused(String reason) {}
}
