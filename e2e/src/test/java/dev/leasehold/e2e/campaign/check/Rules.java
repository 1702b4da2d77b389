package dev.leasehold.e2e.campaign.check;

import dev.leasehold.samples.demo.check.Finding;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.HistoryChecks;
import dev.leasehold.samples.demo.check.KeyRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What must be true whatever the faults. */
public final class Rules {

  /**
   * What a machine that isn't too busy may add to what the protocol costs: a few writes, their
   * answers and their events. What a busy one adds is witnessed, and comes on top.
   */
  public static final Duration MARGIN = Duration.ofSeconds(1);

  /**
   * How long a change may wait for a leader that nothing hinders any more: a watch that was broken
   * for long takes some seconds before it tries again.
   */
  public static final Duration SEEN_WITHIN = Duration.ofSeconds(5);

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
        new Ruling("every change was acted upon soon, once there was a leader", seenLate(evidence)),
        new Ruling("the epoch of a status never fell", statusFell(evidence)),
        new Ruling(
            "each epoch is a version of the bucket's Lease that names who led under it",
            evidence.leases().unfounded(history.spans())),
        new Ruling(
            "no bucket was without a leader for longer than the fault allows",
            unledTooLong(evidence)),
        new Ruling("all was well again soon after each fault", recoveredLate(evidence)),
        new Ruling("the traces make sense line by line", oddities(evidence)));
  }

  private static List<Finding> both(List<Finding> some, List<Finding> others) {
    List<Finding> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /**
   * They count for the campaign as a whole. A process without memory may not be able to trace that
   * a reconcile begins or ends.
   */
  private static List<Finding> oddities(Evidence evidence) {
    return evidence.history().oddities().stream()
        .filter(oddity -> evidence.freezes().stream().noneMatch(freeze -> freeze.explains(oddity)))
        .map(oddity -> new Finding(Long.MIN_VALUE, oddity.text()))
        .toList();
  }

  /**
   * The changes that no reconcile has seen: one that began after the change was sent and, as it may
   * have read an older copy, the object's last status.
   */
  private static List<Finding> changesLost(Evidence evidence) {
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

  private static List<Finding> seenLate(Evidence evidence) {
    return Wait.of(evidence).stream()
        .filter(wait -> wait.length().compareTo(SEEN_WITHIN) > 0)
        .map(
            wait ->
                new Finding(
                    wait.change().sentNanos(),
                    "Generation %d of %s waited for %s besides all that may keep it waiting; %s are allowed."
                        .formatted(
                            wait.change().generation(),
                            wait.change().key(),
                            seconds(wait.length()),
                            seconds(SEEN_WITHIN))))
        .toList();
  }

  /** The last status may be of an older generation; it is never of an older leader. */
  private static List<Finding> statusFell(Evidence evidence) {
    Map<String, Long> last = new HashMap<>();
    List<Finding> fell = new ArrayList<>();
    evidence.sights().stream()
        .sorted(Comparator.comparingLong(PageSight::atNanos))
        .forEach(
            sight -> {
              Long before = last.put(sight.key(), sight.epoch());
              if (before != null && Long.compareUnsigned(sight.epoch(), before) < 0) {
                fell.add(
                    new Finding(
                        sight.atNanos(),
                        "The status of %s was of epoch %s, and then of epoch %s."
                            .formatted(
                                sight.key(),
                                Long.toUnsignedString(before),
                                Long.toUnsignedString(sight.epoch()))));
              }
            });
    return fell;
  }

  private static List<Finding> unledTooLong(Evidence evidence) {
    List<Finding> wrong = new ArrayList<>();
    for (Unled unled : Unled.of(evidence)) {
      Episode.at(unled.fromNanos(), evidence.episodes())
          .ifPresent(
              episode -> {
                Duration allowed =
                    limit(
                        episode.limits().atWorst(),
                        evidence,
                        unled.fromNanos(),
                        unled.untilNanos());
                if (unled.length().compareTo(allowed) > 0) {
                  wrong.add(
                      new Finding(
                          unled.fromNanos(),
                          "Nobody led bucket %s for %s, from %s after '%s' began; %s are allowed."
                              .formatted(
                                  unled.bucket(),
                                  seconds(unled.length()),
                                  seconds(
                                      Duration.ofNanos(unled.fromNanos() - episode.fromNanos())),
                                  episode.fault(),
                                  seconds(allowed))));
                }
              });
    }
    return wrong;
  }

  private static List<Finding> recoveredLate(Evidence evidence) {
    List<Finding> wrong = new ArrayList<>();
    for (Episode episode : evidence.episodes()) {
      Duration allowed =
          limit(episode.limits().recovery(), evidence, episode.healedNanos(), episode.untilNanos());
      if (episode.recovery().compareTo(allowed) > 0) {
        wrong.add(
            new Finding(
                episode.healedNanos(),
                "The recovery from '%s' took %s; %s are allowed."
                    .formatted(episode.fault(), seconds(episode.recovery()), seconds(allowed))));
      }
    }
    return wrong;
  }

  /** What the protocol may cost, and the machine. */
  private static Duration limit(Duration atWorst, Evidence evidence, long from, long until) {
    return atWorst.plus(MARGIN).plus(evidence.stalls().within(from, until));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }
}
