package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.HistoryChecks;
import dev.leasehold.samples.demo.check.KeyRun;
import dev.leasehold.samples.demo.check.LedSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A history without what nobody can prevent when a process is stopped and another takes over.
 *
 * <p>A reconcile that ran at that moment counts as over then; without memory, when another led. A
 * worker that had its permit, and had not yet traced the start, traces it right after the process
 * goes on; so at most one for each worker, of a term from before the stop, is left out.
 *
 * <p>All others stay as they are: those of a process that was stopped but not replaced before it
 * could hear of anything again, and those whose bucket was given away, for who gives away knows
 * what still runs.
 *
 * @param history the history
 * @param outlived how many reconciles went on under another's term
 * @param begunLate how many starts were left out
 */
public record Thawed(History history, int outlived, int begunLate) {

  /** Takes the unpreventable out. */
  public static Thawed of(Evidence evidence) {
    return new Thawing(evidence).thawed();
  }

  /** The work of it. */
  private static final class Thawing {

    private final History history;
    private final Map<BucketId, List<LedSpan>> spans;
    private final Standstill standstill;
    private final List<Freeze> freezes;
    private final int workers;

    Thawing(Evidence evidence) {
      this.history = evidence.history();
      this.spans = history.spansByBucket();
      this.standstill = new Standstill(evidence.freezes(), evidence.stalls());
      this.freezes = evidence.freezes();
      this.workers = evidence.workers();
    }

    Thawed thawed() {
      List<KeyRun> runs = new ArrayList<>();
      Map<Freeze, Integer> late = new HashMap<>();
      int outlived = 0;
      for (KeyRun run : history.runs()) {
        Optional<KeyRun> cut = cutOff(run);
        Optional<Freeze> before =
            freezes.stream().filter(freeze -> isBegunLate(run, freeze)).findFirst();
        if (cut.isPresent()) {
          outlived++;
          runs.add(cut.get());
        } else if (before.isEmpty() || late.merge(before.get(), 1, Integer::sum) > workers) {
          runs.add(run);
        }
      }
      int begunLate = history.runs().size() - runs.size();
      return new Thawed(history.with(runs), outlived, begunLate);
    }

    /** The run without what came of the stop that it outlived, if it did. */
    private Optional<KeyRun> cutOff(KeyRun run) {
      for (Freeze freeze : freezes) {
        if (freeze.caught(run)) {
          OptionalLong replaced =
              replaced(run, freeze, Math.max(freeze.fromNanos(), run.startNanos()), run.endNanos());
          if (replaced.isPresent()) {
            return Optional.of(
                run.endedAt(freeze.whole() ? freeze.fromNanos() : replaced.getAsLong()));
          }
        }
      }
      return Optional.empty();
    }

    private boolean isBegunLate(KeyRun run, Freeze freeze) {
      return freeze.whole()
          && freeze.process().equals(run.process())
          && run.startNanos() > freeze.untilNanos()
          && standstill.excuses(run.process(), freeze.untilNanos(), run.startNanos())
          && term(run).filter(span -> span.fromNanos() <= freeze.fromNanos()).isPresent()
          && replaced(run, freeze, freeze.fromNanos(), run.startNanos()).isPresent();
    }

    /**
     * When another process began to lead the run's bucket between two moments: in the stop, or
     * before the stopped process can have heard of anything again. Never if the run's own process
     * gave the bucket away.
     */
    private OptionalLong replaced(KeyRun run, Freeze freeze, long after, long before) {
      if (term(run).filter(LedSpan::isGivenAway).isPresent()) {
        return OptionalLong.empty();
      }
      return spans.getOrDefault(run.bucket(), List.of()).stream()
          .filter(span -> !span.process().equals(run.process()))
          .mapToLong(LedSpan::fromNanos)
          .filter(from -> from > after && from < before)
          .filter(from -> standstill.excuses(run.process(), freeze.untilNanos(), from))
          .min();
    }

    private Optional<LedSpan> term(KeyRun run) {
      return HistoryChecks.termOf(run, spans);
    }
  }
}
