package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The writes of buckets' Leases that have no answer yet: so many at once, and the others in line.
 *
 * <p>Without a limit, a replica that finds a thousand free buckets would have asked for all of them
 * before the next one is there to share them, and its queue of requests would carry out a plan that
 * nobody has any more. Whose turn it is in this line is decided about anew, with what is known
 * then.
 *
 * <p>Not thread-safe; confined to the election loop.
 */
final class WriteLine {

  private final int mostAtOnce;
  private final Set<Bucket> sent = new HashSet<>();

  /** Those whose turn has come, and about which nothing has been decided since. */
  private final Set<Bucket> called = new HashSet<>();

  /** Those that the plan wants written. */
  private final SortedSet<Bucket> planned = new TreeSet<>();

  /** Those that this replica would take since their planned owner lets them lie. */
  private final SortedSet<Bucket> others = new TreeSet<>();

  WriteLine(int mostAtOnce) {
    this.mostAtOnce = mostAtOnce;
  }

  /** Whether a write of the bucket may be sent now. */
  boolean hasRoomFor(Bucket bucket) {
    return called.contains(bucket) || hasRoom();
  }

  private boolean hasRoom() {
    return sent.size() + called.size() < mostAtOnce;
  }

  /** Those whose writes have no answer; a view. */
  Set<Bucket> sent() {
    return sent;
  }

  /** Notes that a write of the bucket is sent. */
  void send(Bucket bucket) {
    leave(bucket);
    sent.add(bucket);
  }

  /** Notes that the write has its answer. */
  void answered(Bucket bucket) {
    sent.remove(bucket);
  }

  /** Notes that the bucket's write waits for room. */
  void waitFor(Bucket bucket, boolean isPlanned) {
    leave(bucket);
    (isPlanned ? planned : others).add(bucket);
  }

  /** Notes that the bucket has nothing to write that it waits with. */
  void leave(Bucket bucket) {
    called.remove(bucket);
    planned.remove(bucket);
    others.remove(bucket);
  }

  /** Calls the next bucket if there is room; it is to be decided about. */
  Optional<Bucket> call() {
    SortedSet<Bucket> line = planned.isEmpty() ? others : planned;
    if (line.isEmpty() || !hasRoom()) {
      return Optional.empty();
    }
    Bucket first = line.first();
    leave(first);
    called.add(first);
    return Optional.of(first);
  }
}
