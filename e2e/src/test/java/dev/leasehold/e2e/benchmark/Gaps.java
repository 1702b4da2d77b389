package dev.leasehold.e2e.benchmark;

import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.KeyRun;
import dev.leasehold.samples.demo.check.LedSpan;
import dev.leasehold.samples.demo.check.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The moves of a history from some time on, and for how long nobody worked on what moved.
 *
 * @param moves the moves
 * @param gates by move: from the old holder's gate closing, after which it dispatches nothing, to
 *     the new holder's gate opening
 * @param dispatches by move of a bucket that has keys: from the same to the first key that the new
 *     holder dispatches
 */
record Gaps(List<Move> moves, Figures gates, Figures dispatches) {

  static Gaps since(History history, long nanos) {
    List<Move> moves = Move.of(history).stream().filter(m -> m.atNanos() >= nanos).toList();
    List<Long> dispatches = new ArrayList<>();
    for (Move move : moves) {
      firstRun(history, move)
          .ifPresent(run -> dispatches.add(run.startNanos() - move.atNanos() + move.gapNanos()));
    }
    return new Gaps(
        moves,
        Figures.of(moves.stream().mapToLong(Move::gapNanos).toArray()),
        Figures.of(dispatches.stream().mapToLong(each -> each).toArray()));
  }

  /** When the last bucket was led again. */
  long lastNanos() {
    return moves.stream().mapToLong(Move::atNanos).max().orElse(0);
  }

  private static Optional<KeyRun> firstRun(History history, Move move) {
    long until =
        history.spans().stream()
            .filter(s -> s.bucket().equals(move.bucket()) && s.fromNanos() == move.atNanos())
            .mapToLong(LedSpan::untilNanos)
            .findFirst()
            .orElse(LedSpan.OPEN);
    return history.runs().stream()
        .filter(run -> run.bucket().equals(move.bucket()) && run.identity().equals(move.to()))
        .filter(run -> run.startNanos() >= move.atNanos() && run.startNanos() < until)
        .min(Comparator.comparingLong(KeyRun::startNanos));
  }
}
