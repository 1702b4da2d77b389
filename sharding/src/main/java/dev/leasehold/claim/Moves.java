package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * The buckets that are led here and on their way to somebody else: so many at once and no more, but
 * for those whose work or whose writes take their time. Whatever has begun goes on to its end.
 *
 * <p>Not thread-safe; confined to the election loop.
 */
final class Moves {

  private final IntSupplier mostAtOnce;
  private final Predicate<Bucket> maySetOut;
  private final Set<Bucket> begun = new HashSet<>();

  /** Those of them that keep others waiting. */
  private final Set<Bucket> limited = new HashSet<>();

  private final Set<Bucket> waiting = new TreeSet<>();

  /**
   * No bucket is on its way.
   *
   * @param mostAtOnce so many at once, at this time
   * @param maySetOut whether a bucket's move may begin now, if there is room for it
   */
  Moves(IntSupplier mostAtOnce, Predicate<Bucket> maySetOut) {
    this.mostAtOnce = mostAtOnce;
    this.maySetOut = maySetOut;
  }

  /** Whether the bucket may be given away. */
  boolean mayGo(Bucket bucket) {
    return begun.contains(bucket)
        || (limited.size() < mostAtOnce.getAsInt() && maySetOut.test(bucket));
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
    int room = Math.max(0, mostAtOnce.getAsInt() - limited.size());
    return waiting.stream().filter(maySetOut).limit(room).toList();
  }
}
