package dev.leasehold.claim;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to give buckets away, where several members are to give some to the same one:
 * one giver after the other. A newcomer that is given buckets from all sides at once opens the last
 * of them no sooner, and each of them is without a leader for as long as all of them take together.
 *
 * <p>Nobody hands out turns: all replicas see the same moves that are to be made, and go by the
 * same order. Where their views differ for a moment, two give at once, which is slower and
 * otherwise harmless. A giver that gives nothing for the patience, because its work doesn't end or
 * because it sees things differently, keeps its turn and is no longer waited for.
 *
 * <p>Deterministic; reads no clock. Not thread-safe; confined to the election loop.
 */
final class Turns {

  private static final Comparator<Way> ORDER =
      Comparator.comparing(Way::taker).thenComparing(Way::stays).thenComparing(Way::giver);

  private final long patienceNanos;

  /** The ways whose turn has come. */
  private Map<Way, Turn> turns = Map.of();

  /** When somebody who is waited for will be waited for no longer. */
  private long wakeAt = Long.MAX_VALUE;

  /** From whom to whom, and whether the giver keeps a share. */
  private record Way(String giver, String taker, boolean stays) {}

  /** How many buckets are left to give, and since when. */
  private record Turn(int left, long sinceNanos) {}

  /**
   * No move is to be made yet.
   *
   * @param patience how long a giver is waited for that gives nothing
   */
  Turns(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  /**
   * Takes in which moves are to be made.
   *
   * @param plan the moves
   * @param gives whether a holder is alive, so that its buckets are given rather than taken
   * @param stays whether a holder keeps a share; those that don't come first
   */
  void take(Plan plan, Predicate<String> gives, Predicate<String> stays, long nanos) {
    Map<Way, Integer> left = new TreeMap<>(ORDER);
    for (Plan.Move move : plan.moves()) {
      String giver = move.from().filter(gives).orElse(null);
      if (giver != null) {
        left.merge(new Way(giver, move.to(), stays.test(giver)), 1, Integer::sum);
      }
    }
    Map<Way, Turn> next = new HashMap<>();
    wakeAt = Long.MAX_VALUE;
    String waitsForAnother = "";
    for (Map.Entry<Way, Integer> entry : left.entrySet()) {
      Way way = entry.getKey();
      Turn turn = turns.get(way);
      if (turn == null && way.taker().equals(waitsForAnother)) {
        continue;
      }
      if (turn == null || turn.left() != entry.getValue()) {
        turn = new Turn(entry.getValue(), nanos);
      }
      next.put(way, turn);
      long patientUntil = turn.sinceNanos() + patienceNanos;
      if (patientUntil - nanos > 0) {
        waitsForAnother = way.taker();
        wakeAt = Agenda.sooner(wakeAt, patientUntil);
      }
    }
    turns = next;
  }

  /** The members to whom it is this giver's turn to give. */
  Set<String> takersFrom(@Nullable String giver) {
    return turns.keySet().stream()
        .filter(way -> way.giver().equals(giver))
        .map(Way::taker)
        .collect(Collectors.toSet());
  }

  /**
   * When to take the moves in again though none has been made; {@link Long#MAX_VALUE} for never.
   */
  long wakeAt() {
    return wakeAt;
  }
}
