package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The buckets that are led here and on their way to somebody else: so many at once and no more.
 * Whatever has begun goes on to its end.
 *
 * <p>Not thread-safe; confined to the election loop.
 */
final class Moves {

  private final int mostAtOnce;
  private final Set<Bucket> begun = new HashSet<>();

  /** Those of them that keep others waiting. */
  private final Set<Bucket> limited = new HashSet<>();

  private final Set<Bucket> waiting = new TreeSet<>();

  Moves(int mostAtOnce) {
    this.mostAtOnce = mostAtOnce;
  }

  /**
   * Whether the bucket may be given away.
   *
   * @param calm whether a move may begin at this time
   */
  boolean mayGo(Bucket bucket, boolean calm) {
    return begun.contains(bucket) || (calm && limited.size() < mostAtOnce);
  }

  /** Notes that the bucket is on its way. */
  void begin(Bucket bucket) {
    if (begun.add(bucket)) {
      limited.add(bucket);
    }
    waiting.remove(bucket);
  }

  /** Notes that the bucket should go, and has to wait. */
  void postpone(Bucket bucket) {
    waiting.add(bucket);
  }

  /**
   * Notes that the bucket stays, or is gone.
   *
   * @return those to decide about again, as there is room for another one now
   */
  Set<Bucket> end(Bucket bucket) {
    waiting.remove(bucket);
    begun.remove(bucket);
    return makeRoom(bucket);
  }

  /**
   * Notes that the bucket's work takes its time, so that it keeps no others waiting.
   *
   * @return those to decide about again, as there is room for another one now
   */
  Set<Bucket> makeRoom(Bucket bucket) {
    return limited.remove(bucket) ? Set.copyOf(waiting) : Set.of();
  }
}
