package dev.leasehold.samples.demo.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bucket's change of hands.
 *
 * @param bucket which
 * @param from the member that led it before
 * @param to the member that led it next
 * @param atNanos when it began to
 * @param gapNanos for how long nobody led it: from the demotion or the death of one to the
 *     promotion of the other; below zero if they overlapped
 * @param kind why it moved
 */
public record Move(
    BucketId bucket, String from, String to, long atNanos, long gapNanos, Kind kind) {

  /** Why a bucket moves. */
  public enum Kind {
    /** Its holder gave it away. */
    PLANNED,
    /** Its holder's process was killed. */
    KILLED,
    /** Its holder lost its membership and went on as another member: a starved machine, say. */
    LOST
  }

  /** All moves of a history, by their time within each bucket. */
  public static List<Move> of(History history) {
    Map<String, String> lastIdentity = new HashMap<>();
    Set<String> lost = new HashSet<>();
    for (LedSpan span : history.spans()) {
      String before = lastIdentity.put(span.process(), span.identity());
      if (before != null && !before.equals(span.identity())) {
        lost.add(before);
      }
    }
    List<Move> moves = new ArrayList<>();
    for (List<LedSpan> spans : history.spansByBucket().values()) {
      for (int i = 1; i < spans.size(); i++) {
        LedSpan before = spans.get(i - 1);
        LedSpan after = spans.get(i);
        if (!before.identity().equals(after.identity())) {
          moves.add(of(before, after, lost.contains(before.identity())));
        }
      }
    }
    return moves;
  }

  private static Move of(LedSpan before, LedSpan after, boolean lost) {
    Kind kind = before.cut() ? Kind.KILLED : lost ? Kind.LOST : Kind.PLANNED;
    // A span without an end is still open, so the two overlap by all that is known of the second.
    long gap = after.fromNanos() - before.untilNanos();
    return new Move(
        before.bucket(), before.identity(), after.identity(), after.fromNanos(), gap, kind);
  }

  /**
   * Planned moves wait for no expiry, and the next holder opens the gate only after the last one
   * has closed it; after a kill a bucket is led again soon.
   *
   * @param moves all moves
   * @param plannedLimit the longest gap that a planned move may have
   * @param killedLimit the longest gap after a kill
   * @return what is wrong, a sentence each
   */
  public static List<String> gapsAreShort(
      List<Move> moves, Duration plannedLimit, Duration killedLimit) {
    List<String> wrong = new ArrayList<>();
    for (Move move : moves) {
      Duration limit = move.kind() == Kind.PLANNED ? plannedLimit : killedLimit;
      if (move.kind() != Kind.LOST && move.gapNanos() < 0) {
        wrong.add(
            "Bucket %s was led by %s before %s had closed it."
                .formatted(move.bucket(), move.to(), move.from()));
      } else if (move.kind() != Kind.LOST && move.gapNanos() > limit.toNanos()) {
        wrong.add(
            "Bucket %s moved from %s to %s with a gap of %d ms; at most %d ms were expected."
                .formatted(
                    move.bucket(),
                    move.from(),
                    move.to(),
                    Duration.ofNanos(move.gapNanos()).toMillis(),
                    limit.toMillis()));
      }
    }
    return wrong;
  }
}
