package dev.leasehold.e2e.campaign.check;

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
 * goes on; so at most one for each worker, of a term from before the stop, is left out. All others
 * stay as they are, and so does everything of a process that was stopped but not replaced.
 *
 * @param history the history
 * @param outlived how many reconciles went on under another's term
 * @param begunLate how many starts were left out
 */
public record Thawed(History history, int outlived, int begunLate) {

  /** Takes the unpreventable out. */
  public static Thawed of(History history, List<Freeze> freezes, int workers) {
    List<KeyRun> runs = new ArrayList<>();
    Map<Freeze, Integer> late = new HashMap<>();
    int outlived = 0;
    for (KeyRun run : history.runs()) {
      Optional<Freeze> during =
          freezes.stream()
              .filter(freeze -> freeze.caught(run))
              .filter(freeze -> replaced(history, run, freeze).isPresent())
              .findFirst();
      Optional<Freeze> before =
          freezes.stream().filter(freeze -> isBegunLate(history, run, freeze)).findFirst();
      if (during.isPresent()) {
        outlived++;
        runs.add(endedAt(run, overAt(history, run, during.get())));
      } else if (before.isEmpty() || late.merge(before.get(), 1, Integer::sum) > workers) {
        runs.add(run);
      }
    }
    int begunLate = history.runs().size() - runs.size();
    return new Thawed(new History(history.spans(), runs, history.oddities()), outlived, begunLate);
  }

  private static boolean isBegunLate(History history, KeyRun run, Freeze freeze) {
    long since = run.startNanos() - freeze.untilNanos();
    return freeze.whole()
        && freeze.process().equals(run.process())
        && since > 0
        && since <= HistoryChecks.TRACE_DELAY.toNanos()
        && isReplaced(history, run, freeze)
        && history.spans().stream()
            .anyMatch(span -> span.isTermOf(run) && span.fromNanos() <= freeze.fromNanos());
  }

  private static boolean isReplaced(History history, KeyRun run, Freeze freeze) {
    return history.spans().stream()
        .filter(span -> isOthers(span, run))
        .mapToLong(LedSpan::fromNanos)
        .anyMatch(from -> from > freeze.fromNanos() && from < run.startNanos());
  }

  /** When another process began to lead the run's bucket, in the stop and within the run. */
  private static OptionalLong replaced(History history, KeyRun run, Freeze freeze) {
    long after = Math.max(freeze.fromNanos(), run.startNanos());
    return history.spans().stream()
        .filter(span -> isOthers(span, run))
        .mapToLong(LedSpan::fromNanos)
        .filter(from -> from > after && from < run.endNanos())
        .min();
  }

  private static boolean isOthers(LedSpan span, KeyRun run) {
    return span.bucket().equals(run.bucket()) && !span.process().equals(run.process());
  }

  private static long overAt(History history, KeyRun run, Freeze freeze) {
    return freeze.whole()
        ? freeze.fromNanos()
        : replaced(history, run, freeze).orElse(run.endNanos());
  }

  private static KeyRun endedAt(KeyRun run, long nanos) {
    return new KeyRun(
        run.process(),
        run.identity(),
        run.key(),
        run.bucket(),
        run.epoch(),
        run.startNanos(),
        nanos);
  }
}
