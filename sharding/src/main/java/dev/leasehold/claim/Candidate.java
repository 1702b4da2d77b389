package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.Map;

/**
 * A ready member, and what it can run: one that may be given buckets.
 *
 * @param uid the uid of its member Lease, unique among candidates
 * @param controllers the bucket count of each controller that it runs, by the controller's name;
 *     names are not checked here
 */
public record Candidate(String uid, Map<String, Integer> controllers) {

  /**
   * Copies the map and checks the counts, which come from an annotation that anybody can edit.
   *
   * @throws IllegalArgumentException if a count is out of range
   */
  public Candidate {
    controllers = Map.copyOf(controllers);
    controllers.forEach(
        (controller, count) -> {
          if (count < Bucket.MIN_COUNT || count > Bucket.MAX_COUNT) {
            throw new IllegalArgumentException(
                "Member %s announces %d buckets for controller '%s'; a count is from %d to %d."
                    .formatted(uid, count, controller, Bucket.MIN_COUNT, Bucket.MAX_COUNT));
          }
        });
  }
}
