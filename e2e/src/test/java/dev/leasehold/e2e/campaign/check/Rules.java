package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.HistoryChecks;
import dev.leasehold.samples.demo.check.KeyRun;
import dev.leasehold.samples.demo.check.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must be true whatever the faults. */
public final class Rules {

  private Rules() {}

  /** All rules, whatever comes out. */
  public static List<Verdict> verdicts(Evidence evidence) {
    Thawed thawed = Thawed.of(evidence.history(), evidence.freezes(), evidence.workers());
    return List.of(
        new Verdict(
            "no key was inside two reconciles at once",
            HistoryChecks.noKeyRanTwiceAtOnce(thawed.history())),
        new Verdict(
            "every reconcile began within its replica's term, and none once another replica led",
            HistoryChecks.runsAreUnderTheirTerm(thawed.history())),
        new Verdict(
            "every key ran in its bucket",
            HistoryChecks.keysRanInTheirBuckets(evidence.history(), evidence.buckets())),
        new Verdict("the epochs of each bucket grew", HistoryChecks.epochsGrow(evidence.history())),
        new Verdict(
            "every change was seen by a reconcile that began after it", changesLost(evidence)),
        new Verdict(
            "no bucket was without a leader for longer than the fault allows",
            unledTooLong(evidence)),
        new Verdict("the traces make sense line by line", evidence.history().oddities()));
  }

  /**
   * The changes that no reconcile has seen: one that began after the change was sent and, as it may
   * have read an older copy, the object's last status.
   */
  static List<String> changesLost(Evidence evidence) {
    Map<String, Long> lastStart = new HashMap<>();
    for (KeyRun run : evidence.history().runs()) {
      lastStart.merge(run.key(), run.startNanos(), Math::max);
    }
    List<String> lost = new ArrayList<>();
    for (Change change : evidence.changes()) {
      long observed = evidence.observed().getOrDefault(change.key(), 0L);
      Long start = lastStart.get(change.key());
      if (start == null || start < change.sentNanos()) {
        lost.add(
            "No reconcile of %s began after its generation %d was written."
                .formatted(change.key(), change.generation()));
      } else if (observed < change.generation()) {
        lost.add(
            "Generation %d of %s was never reconciled; the last one was %d."
                .formatted(change.generation(), change.key(), observed));
      }
    }
    return lost;
  }

  static List<String> unledTooLong(Evidence evidence) {
    List<String> wrong = new ArrayList<>();
    for (Unled unled : Unled.of(evidence)) {
      unled
          .episode(evidence.episodes())
          .filter(episode -> unled.length().compareTo(episode.allowed()) > 0)
          .ifPresent(
              episode ->
                  wrong.add(
                      String.format(
                          Locale.ROOT,
                          "Nobody led bucket %s for %.1f s, from %.1f s after '%s' began; %.1f s are allowed.",
                          unled.bucket(),
                          unled.length().toMillis() / 1e3,
                          (unled.fromNanos() - episode.fromNanos()) / 1e9,
                          episode.fault(),
                          episode.allowed().toMillis() / 1e3)));
    }
    return wrong;
  }
}
