package dev.leasehold.samples.demo;

import dev.leasehold.samples.demo.check.Judgement;
import dev.leasehold.samples.demo.check.Move;
import dev.leasehold.samples.demo.check.Stage;
import dev.leasehold.samples.demo.check.Verdict;
import dev.leasehold.samples.demo.screen.Paint;
import dev.leasehold.samples.demo.screen.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The demo's last lines: a table of its stages, and the verdicts. Pure. */
final class Report {

  private static final int MOST_SHOWN = 5;

  private Report() {}

  /** A row for each stage. */
  static List<String> stages(Judgement judgement) {
    TextTable table =
        new TextTable("STAGE", "REPLICAS", "MOVES", "LONGEST TIME THAT NOBODY LED A BUCKET");
    for (Stage stage : judgement.stages()) {
      List<Move> moves = judgement.moves(stage);
      table.add(
          stage.name(),
          Integer.toString(stage.replicas()),
          Integer.toString(moves.size()),
          moves.stream()
              .max(Comparator.comparingLong(Move::gapNanos))
              .map(Report::gap)
              .orElse("-"));
    }
    return table.lines();
  }

  private static String gap(Move move) {
    String millis = Duration.ofNanos(move.gapNanos()).toMillis() + " ms";
    return move.kind() == Move.Kind.LOST
        ? millis + " (" + move.from() + " lost its membership: is this machine very busy?)"
        : millis;
  }

  /** A line for each verdict, and some for what speaks against it. */
  static List<String> verdicts(List<Verdict> verdicts, Paint paint) {
    List<String> lines = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      lines.add(
          (verdict.holds() ? paint.good("ok      ") : paint.bad("FAILED  ")) + verdict.claim());
      verdict.wrong().stream().limit(MOST_SHOWN).forEach(wrong -> lines.add("        " + wrong));
      if (verdict.wrong().size() > MOST_SHOWN) {
        lines.add("        ... and %d more".formatted(verdict.wrong().size() - MOST_SHOWN));
      }
    }
    return lines;
  }
}
