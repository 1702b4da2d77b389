package dev.leasehold.samples.demo.check;

import dev.leasehold.bucket.BucketSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What must be true of every history. Each check returns what is wrong, a sentence each. */
public final class HistoryChecks {

  /**
   * How late a start may be traced after its bucket's demotion: a worker that was let in just
   * before the gate closed may be without a CPU before it writes its line. The hand-over waits for
   * it, which {@link #runsAreUnderTheirTerm} checks besides.
   */
  public static final Duration TRACE_DELAY = Duration.ofMillis(500);

  private HistoryChecks() {}

  /**
   * Each reconcile began while its replica led its bucket, with the same epoch, and ended before
   * another replica led the bucket.
   */
  public static List<String> runsAreUnderTheirTerm(History history) {
    Map<BucketId, List<LedSpan>> spans = history.spansByBucket();
    List<String> wrong = new ArrayList<>();
    for (KeyRun run : history.runs()) {
      List<LedSpan> ofBucket = spans.getOrDefault(run.bucket(), List.of());
      Optional<LedSpan> term =
          ofBucket.stream().filter(span -> span.isTermOf(run) && began(span, run)).findFirst();
      if (term.isEmpty()) {
        wrong.add(text(run) + " did not begin while it led the bucket under that epoch.");
        continue;
      }
      ofBucket.stream()
          .filter(next -> next.fromNanos() > term.get().fromNanos())
          .filter(next -> !next.process().equals(run.process()))
          .filter(next -> next.fromNanos() < run.endNanos())
          .findFirst()
          .ifPresent(
              next ->
                  wrong.add(
                      "%s was not over when %s began to lead the bucket."
                          .formatted(text(run), next.identity())));
    }
    return wrong;
  }

  /** No key was inside two reconciles at once, wherever. */
  public static List<String> noKeyRanTwiceAtOnce(History history) {
    Map<String, KeyRun> longest = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (KeyRun run : history.runs()) {
      String key = run.bucket().controller() + " " + run.key();
      KeyRun earlier = longest.get(key);
      if (earlier != null && run.startNanos() < earlier.endNanos()) {
        wrong.add("%s began while %s was running.".formatted(text(run), text(earlier)));
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
  public static List<String> epochsGrow(History history) {
    List<String> wrong = new ArrayList<>();
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
                      "Bucket %s was led by %s under epoch %s, and before by %s under epoch %s."
                          .formatted(
                              bucket,
                              after.identity(),
                              Long.toUnsignedString(after.epoch()),
                              before.identity(),
                              Long.toUnsignedString(before.epoch())));
                }
              }
            });
    return wrong;
  }

  /** Each key ran in the bucket that its hash decides. */
  public static List<String> keysRanInTheirBuckets(History history, BucketSet buckets) {
    List<String> wrong = new ArrayList<>();
    for (KeyRun run : history.runs()) {
      int slash = run.key().indexOf('/');
      String namespace = slash < 0 ? "" : run.key().substring(0, slash);
      int index = buckets.bucketOf(namespace, run.key().substring(slash + 1), null).index();
      if (run.bucket().controller().equals(buckets.controller()) && run.bucket().index() != index) {
        wrong.add("%s ran for another bucket than its own, %d.".formatted(text(run), index));
      }
    }
    return wrong;
  }

  private static boolean began(LedSpan span, KeyRun run) {
    boolean stillLed =
        span.untilNanos() == LedSpan.OPEN
            || run.startNanos() - span.untilNanos() <= TRACE_DELAY.toNanos();
    return run.startNanos() >= span.fromNanos() && stillLed;
  }

  private static String text(KeyRun run) {
    return "The reconcile of %s by %s (bucket %s, epoch %s)"
        .formatted(run.key(), run.identity(), run.bucket(), Long.toUnsignedString(run.epoch()));
  }
}
