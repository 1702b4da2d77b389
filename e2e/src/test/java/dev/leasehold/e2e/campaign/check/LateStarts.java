package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.Finding;
import dev.leasehold.samples.demo.check.HistoryChecks;
import dev.leasehold.samples.demo.check.KeyRun;
import dev.leasehold.samples.demo.check.LedSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts outside their term.
 *
 * <p>A worker that has its permit, and then no CPU, traces its start when it has one; so a start
 * may come after the term, but not by much of the process's own time, and from no more workers at
 * once than there are: each of them was on its way all the time from the term's end to the start.
 */
final class LateStarts {

  private final Evidence evidence;
  private final Standstill standstill;
  private final List<Late> late = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /** A start that came after the last permit for it. */
  private record Late(KeyRun run, long permitNanos) {

    /** Whether its worker and another's were on their way when this one's term ended. */
    boolean isBeside(Late other) {
      return run.process().equals(other.run.process())
          && other.permitNanos <= permitNanos
          && other.run.startNanos() >= permitNanos;
    }
  }

  private LateStarts(Evidence evidence) {
    this.evidence = evidence;
    this.standstill = new Standstill(evidence.freezes(), evidence.stalls());
  }

  static List<Finding> of(Evidence evidence) {
    LateStarts starts = new LateStarts(evidence);
    Map<BucketId, List<LedSpan>> spans = evidence.history().spansByBucket();
    evidence.history().runs().forEach(run -> starts.judge(run, HistoryChecks.termOf(run, spans)));
    return starts.findings;
  }

  private void judge(KeyRun run, Optional<LedSpan> term) {
    if (term.isEmpty()) {
      add(run, "did not begin while it led the bucket under that epoch.");
      return;
    }
    Late one = new Late(run, HistoryChecks.lastPermit(term.get(), run));
    if (run.startNanos() <= one.permitNanos()) {
      return;
    }
    String after =
        "began %d ms after its term"
            .formatted(Duration.ofNanos(run.startNanos() - one.permitNanos()).toMillis());
    if (!standstill.excuses(run.process(), one.permitNanos(), run.startNanos())) {
      add(run, after + ".");
      return;
    }
    late.add(one);
    // The runs come by their starts, so these are those that came no later.
    if (late.stream().filter(one::isBeside).count() > evidence.workers()) {
      add(run, after + ", and more of them than there are workers.");
    }
  }

  private void add(KeyRun run, String what) {
    findings.add(new Finding(run.startNanos(), run + " " + what));
  }
}
