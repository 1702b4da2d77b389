package dev.leasehold.samples.demo.check;

import dev.leasehold.bucket.BucketSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All checks on a demo.
 *
 * @param history what the replicas did
 * @param stages the parts of the demo, in their order
 * @param buckets the controller's buckets
 * @param plannedLimit for how long nobody may lead a bucket that its holder gives away
 * @param killedLimit for how long nobody may lead a bucket whose holder was killed
 */
public record Judgement(
    History history,
    List<Stage> stages,
    BucketSet buckets,
    Duration plannedLimit,
    Duration killedLimit) {

  /** Copies the list. */
  public Judgement {
    stages = List.copyOf(stages);
  }

  /** The moves of a stage. */
  public List<Move> moves(Stage stage) {
    return Move.of(history).stream().filter(stage::has).toList();
  }

  /** All verdicts, whatever comes out. */
  public List<Verdict> verdicts() {
    List<Move> moves = stages.stream().flatMap(stage -> moves(stage).stream()).toList();
    List<Finding> runs = new ArrayList<>(HistoryChecks.runsAreUnderTheirTerm(history));
    runs.addAll(HistoryChecks.keysRanInTheirBuckets(history, buckets));
    return List.of(
        new Verdict(
            "every reconcile was by the replica that led the page's bucket, in that term",
            texts(runs)),
        new Verdict(
            "no page was inside two reconciles at once",
            texts(HistoryChecks.noKeyRanTwiceAtOnce(history))),
        new Verdict(
            "after each stage every page's status names the holder of its bucket's Lease",
            atEachEnd(stage -> SnapshotChecks.pagesNameTheirHolder(stage.end(), buckets))),
        new Verdict(
            "after each stage every page's ConfigMap has the page's last content",
            atEachEnd(stage -> SnapshotChecks.configMapsHaveTheLastContent(stage.end()))),
        new Verdict(
            "after each stage the buckets were held by the live replicas, balanced within one",
            atEachEnd(
                stage ->
                    SnapshotChecks.bucketsAreBalanced(stage.end(), buckets, stage.replicas()))),
        new Verdict(
            "the epoch of a bucket grew with every change of hands",
            texts(HistoryChecks.epochsGrow(history))),
        new Verdict(
            "a bucket was led again within %s when it was handed over, %s after a kill"
                .formatted(text(plannedLimit), text(killedLimit)),
            Move.gapsAreShort(moves, plannedLimit, killedLimit)),
        new Verdict(
            "the traces make sense line by line",
            history.oddities().stream().map(Oddity::text).toList()));
  }

  private List<String> atEachEnd(Function<Stage, List<String>> check) {
    List<String> wrong = new ArrayList<>();
    for (Stage stage : stages) {
      check.apply(stage).forEach(what -> wrong.add("After '" + stage.name() + "': " + what));
    }
    return wrong;
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::text).toList();
  }

  private static String text(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
