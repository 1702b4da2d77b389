package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who should lead which bucket, and what has to move for it.
 *
 * @param owners the uid of each bucket's owner-to-be, for every bucket that some candidate can run,
 *     ordered by bucket
 * @param moves the buckets whose owner-to-be does not hold them now, ordered by bucket
 */
public record Plan(Map<Bucket, String> owners, List<Move> moves) {

  /** Nobody leads anything, and nothing moves. */
  static final Plan NOTHING = new Plan(Map.of(), List.of());

  /**
   * One bucket that changes hands.
   *
   * @param bucket the bucket
   * @param from the uid that holds it now, be it a candidate's or not; empty if nobody does
   * @param to the uid of the candidate that should hold it
   */
  public record Move(Bucket bucket, Optional<String> from, String to) {}

  /** Copies both. */
  public Plan {
    owners = Collections.unmodifiableMap(new LinkedHashMap<>(owners));
    moves = List.copyOf(moves);
  }

  /**
   * The uid of the candidate that should lead a bucket; empty if no candidate can run it.
   *
   * @param bucket any bucket
   */
  public Optional<String> ownerOf(Bucket bucket) {
    return Optional.ofNullable(owners.get(bucket));
  }

  /** The buckets whose owner-to-be is another than in that plan, or was none in it. */
  Set<Bucket> differencesFrom(Plan other) {
    Set<Bucket> different = new HashSet<>();
    owners.forEach(
        (bucket, owner) -> {
          if (!owner.equals(other.owners.get(bucket))) {
            different.add(bucket);
          }
        });
    return different;
  }
}
