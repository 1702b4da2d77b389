package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.HashSet;
import java.util.List;
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

  /**
   * Notes that the bucket is not on its way: it is led here, or gone.
   *
   * @param waitsForRoom whether it is to go as soon as others have gone
   * @return those to decide about, as there is room for them now
   */
  List<Bucket> stays(Bucket bucket, boolean waitsForRoom) {
    begun.remove(bucket);
    boolean leftRoom = limited.remove(bucket);
    boolean stoodInLine = waiting.remove(bucket) && !waitsForRoom;
    if (waitsForRoom) {
      waiting.add(bucket);
    }
    return leftRoom || stoodInLine ? nextInLine() : List.of();
  }

  /**
   * Notes that the bucket's work takes its time, so that it keeps no others waiting.
   *
   * @return those to decide about, as there is room for them now
   */
  List<Bucket> makeRoom(Bucket bucket) {
    return limited.remove(bucket) ? nextInLine() : List.of();
  }

  /**
   * Notes that the bucket is closed for another reason than to go.
   *
   * @return those to decide about in its place
   */
  List<Bucket> leaveTheLine(Bucket bucket) {
    return waiting.remove(bucket) ? nextInLine() : List.of();
  }

  /** No more than there is room for: each is decided about, and all others stay where they are. */
  private List<Bucket> nextInLine() {
    return waiting.stream().limit(Math.max(0, mostAtOnce - limited.size())).toList();
  }
}
