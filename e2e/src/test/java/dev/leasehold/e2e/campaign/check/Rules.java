package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.Finding;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.HistoryChecks;
import dev.leasehold.samples.demo.check.KeyRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must be true whatever the faults. */
public final class Rules {

  private Rules() {}

  /** All rules, whatever comes out. */
  public static List<Ruling> rulings(Evidence evidence) {
    History history = evidence.history();
    History thawed = Thawed.of(evidence).history();
    return List.of(
        new Ruling(
            "no key was inside two reconciles at once",
            both(
                HistoryChecks.noKeyRanTwiceAtOnce(thawed),
                // A process knows what runs in it, whatever stopped it meanwhile.
                HistoryChecks.noKeyRanTwiceAtOnceInOneProcess(history))),
        new Ruling(
            "every reconcile began within its replica's term, and none outlasted it into the next",
            both(
                LateStarts.of(evidence),
                both(
                    HistoryChecks.runsEndedInTime(thawed),
                    HistoryChecks.runsEndedBeforeTheirProcessLedAgain(history)))),
        new Ruling(
            "nobody led a bucket before the term of the one before was over",
            HistoryChecks.nobodyLedBesideAnother(history)),
        new Ruling(
            "every key ran in its bucket",
            HistoryChecks.keysRanInTheirBuckets(history, evidence.buckets())),
        new Ruling("the epochs of each bucket grew", HistoryChecks.epochsGrow(history)),
        new Ruling(
            "every change was seen by a reconcile that began after it", changesLost(evidence)),
        new Ruling(
            "no bucket was without a leader for longer than the fault allows",
            unledTooLong(evidence)),
        new Ruling("the traces make sense line by line", oddities(history)));
  }

  private static List<Finding> both(List<Finding> some, List<Finding> others) {
    List<Finding> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** They have no time, so they count for the campaign as a whole. */
  private static List<Finding> oddities(History history) {
    return history.oddities().stream().map(text -> new Finding(Long.MIN_VALUE, text)).toList();
  }

  /**
   * The changes that no reconcile has seen: one that began after the change was sent and, as it may
   * have read an older copy, the object's last status.
   */
  static List<Finding> changesLost(Evidence evidence) {
    Map<String, Long> lastStart = new HashMap<>();
    for (KeyRun run : evidence.history().runs()) {
      lastStart.merge(run.key(), run.startNanos(), Math::max);
    }
    List<Finding> lost = new ArrayList<>();
    for (Change change : evidence.changes()) {
      long observed = evidence.observed().getOrDefault(change.key(), 0L);
      Long start = lastStart.get(change.key());
      if (start == null || start < change.sentNanos()) {
        lost.add(
            new Finding(
                change.sentNanos(),
                "No reconcile of %s began after its generation %d was written."
                    .formatted(change.key(), change.generation())));
      } else if (observed < change.generation()) {
        lost.add(
            new Finding(
                change.sentNanos(),
                "Generation %d of %s was never reconciled; the last one was %d."
                    .formatted(change.generation(), change.key(), observed)));
      }
    }
    return lost;
  }

  static List<Finding> unledTooLong(Evidence evidence) {
    List<Finding> wrong = new ArrayList<>();
    for (Unled unled : Unled.of(evidence)) {
      unled
          .episode(evidence.episodes())
          .filter(episode -> unled.length().compareTo(episode.allowed()) > 0)
          .ifPresent(
              episode ->
                  wrong.add(
                      new Finding(
                          unled.fromNanos(),
                          String.format(
                              Locale.ROOT,
                              "Nobody led bucket %s for %.1f s, from %.1f s after '%s' began; %.1f s are allowed.",
                              unled.bucket(),
                              unled.length().toMillis() / 1e3,
                              (unled.fromNanos() - episode.fromNanos()) / 1e9,
                              episode.fault(),
                              episode.allowed().toMillis() / 1e3))));
    }
    return wrong;
  }
}
