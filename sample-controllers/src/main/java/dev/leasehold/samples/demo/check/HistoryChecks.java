package dev.leasehold.samples.demo.check;

import dev.leasehold.bucket.BucketSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** What must be true of every history. Each check returns what is wrong, in words. */
public final class HistoryChecks {

  /**
   * How late a start may be traced after its bucket's demotion, or after its term: a worker that
   * was let in just before may be without a CPU before it writes its line. A hand-over waits for
   * it, which {@link #runsEndedInTime} checks besides.
   */
  public static final Duration TRACE_DELAY = Duration.ofMillis(500);

  private HistoryChecks() {}

  /**
   * Each reconcile began while its replica led its bucket, with the same epoch, and ended before
   * anybody led the bucket next.
   */
  public static List<Finding> runsAreUnderTheirTerm(History history) {
    List<Finding> wrong = new ArrayList<>(runsBeganInTheirTerm(history));
    wrong.addAll(runsEndedInTime(history));
    return wrong;
  }

  private static List<Finding> runsBeganInTheirTerm(History history) {
    Map<BucketId, List<LedSpan>> spans = history.spansByBucket();
    List<Finding> wrong = new ArrayList<>();
    for (KeyRun run : history.runs()) {
      boolean inTerm =
          termOf(run, spans)
              .filter(span -> run.startNanos() - lastPermit(span, run) <= TRACE_DELAY.toNanos())
              .isPresent();
      if (!inTerm) {
        wrong.add(
            new Finding(
                run.startNanos(),
                run + " did not begin while it led the bucket under that epoch."));
      }
    }
    return wrong;
  }

  /** Each reconcile ended before anybody led its bucket next, another process or the same. */
  public static List<Finding> runsEndedInTime(History history) {
    return outlasted(history, (run, next) -> true);
  }

  /** The same, if it was the same process: it knows when its own work has stopped. */
  public static List<Finding> runsEndedBeforeTheirProcessLedAgain(History history) {
    return outlasted(history, (run, next) -> run.process().equals(next.process()));
  }

  private static List<Finding> outlasted(History history, BiPredicate<KeyRun, LedSpan> which) {
    Map<BucketId, List<LedSpan>> spans = history.spansByBucket();
    List<Finding> wrong = new ArrayList<>();
    for (KeyRun run : history.running()) {
      termOf(run, spans)
          .flatMap(term -> nextLed(term, run, spans, which))
          .ifPresent(
              next ->
                  wrong.add(
                      new Finding(
                          next.fromNanos(),
                          "%s was not over when %s began to lead the bucket."
                              .formatted(run, next.identity()))));
    }
    return wrong;
  }

  /** The span that a reconcile belongs to: the last one of its term that began before it. */
  public static Optional<LedSpan> termOf(KeyRun run, Map<BucketId, List<LedSpan>> spans) {
    return spans.getOrDefault(run.bucket(), List.of()).stream()
        .filter(span -> span.isTermOf(run) && span.fromNanos() <= run.startNanos())
        .reduce((earlier, later) -> later);
  }

  /** When the last permit for a reconcile of that span was given, as far as was known then. */
  public static long lastPermit(LedSpan span, KeyRun run) {
    return Math.min(span.untilNanos(), run.validUntilNanos());
  }

  private static Optional<LedSpan> nextLed(
      LedSpan term,
      KeyRun run,
      Map<BucketId, List<LedSpan>> spans,
      BiPredicate<KeyRun, LedSpan> which) {
    return spans.getOrDefault(run.bucket(), List.of()).stream()
        .filter(next -> which.test(run, next))
        .filter(next -> next.fromNanos() > term.fromNanos() && next.fromNanos() < run.endNanos())
        .findFirst();
  }

  /**
   * Nobody began to lead a bucket before its holder was demoted or dead, or before the holder's
   * term was over. There is no excuse: a process that stands still doesn't renew.
   */
  public static List<Finding> nobodyLedBesideAnother(History history) {
    List<Finding> wrong = new ArrayList<>();
    for (List<LedSpan> spans : history.spansByBucket().values()) {
      LedSpan longest = null;
      for (LedSpan span : spans) {
        if (longest != null && span.fromNanos() < longest.overNanos()) {
          wrong.add(
              new Finding(
                  span.fromNanos(),
                  "%s began to lead bucket %s while %s led it%s."
                      .formatted(
                          span.identity(),
                          span.bucket(),
                          longest.identity(),
                          longest.overNanos() == LedSpan.OPEN
                              ? ""
                              : ", for another "
                                  + Duration.ofNanos(longest.overNanos() - span.fromNanos())
                                      .toMillis()
                                  + " ms")));
        }
        if (longest == null || span.overNanos() > longest.overNanos()) {
          longest = span;
        }
      }
    }
    return wrong;
  }

  /** No key was inside two reconciles at once, wherever. */
  public static List<Finding> noKeyRanTwiceAtOnce(History history) {
    return twiceAtOnce(history, run -> "");
  }

  /** No key was inside two reconciles of one process at once, whatever became of its terms. */
  public static List<Finding> noKeyRanTwiceAtOnceInOneProcess(History history) {
    return twiceAtOnce(history, KeyRun::process);
  }

  private static List<Finding> twiceAtOnce(History history, Function<KeyRun, String> within) {
    Map<List<String>, KeyRun> longest = new HashMap<>();
    List<Finding> wrong = new ArrayList<>();
    for (KeyRun run : history.running()) {
      List<String> key = List.of(within.apply(run), run.bucket().controller(), run.key());
      KeyRun earlier = longest.get(key);
      if (earlier != null && run.startNanos() < earlier.endNanos()) {
        wrong.add(
            new Finding(
                run.startNanos(), "%s began while %s was running.".formatted(run, earlier)));
      }
      if (earlier == null || run.endNanos() > earlier.endNanos()) {
        longest.put(key, run);
      }
    }
    return wrong;
  }

  /**
   * The epoch of each bucket grew with each change of hands, and never fell. A member that closed a
   * bucket to give it away, and kept it after all, opens it again under the same epoch.
   */
  public static List<Finding> epochsGrow(History history) {
    List<Finding> wrong = new ArrayList<>();
    history
        .spansByBucket()
        .forEach(
            (bucket, spans) -> {
              for (int i = 1; i < spans.size(); i++) {
                LedSpan before = spans.get(i - 1);
                LedSpan after = spans.get(i);
                int growth = Long.compareUnsigned(after.epoch(), before.epoch());
                boolean kept = after.identity().equals(before.identity());
                if (growth < 0 || (growth == 0 && !kept)) {
                  wrong.add(
                      new Finding(
                          after.fromNanos(),
                          "Bucket %s was led by %s under epoch %s, and before by %s under epoch %s."
                              .formatted(
                                  bucket,
                                  after.identity(),
                                  Long.toUnsignedString(after.epoch()),
                                  before.identity(),
                                  Long.toUnsignedString(before.epoch()))));
                }
              }
            });
    return wrong;
  }

  /** Each key ran in the bucket that its hash decides. */
  public static List<Finding> keysRanInTheirBuckets(History history, BucketSet buckets) {
    List<Finding> wrong = new ArrayList<>();
    for (KeyRun run : history.running()) {
      int slash = run.key().indexOf('/');
      String namespace = slash < 0 ? "" : run.key().substring(0, slash);
      int index = buckets.bucketOf(namespace, run.key().substring(slash + 1), null).index();
      if (run.bucket().controller().equals(buckets.controller()) && run.bucket().index() != index) {
        wrong.add(
            new Finding(
                run.startNanos(),
                "%s ran for another bucket than its own, %d.".formatted(run, index)));
      }
    }
    return wrong;
  }
}
