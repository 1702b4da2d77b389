package dev.leasehold.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.Judgement;
import dev.leasehold.samples.demo.check.LedSpan;
import dev.leasehold.samples.demo.check.Oddity;
import dev.leasehold.samples.demo.check.Snapshot;
import dev.leasehold.samples.demo.check.Stage;
import dev.leasehold.samples.demo.check.Verdict;
import dev.leasehold.samples.demo.screen.Paint;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final long MILLI = 1_000_000;

  @Test
  void eachStageHasItsMovesAndItsLongestGap() {
    History history =
        new History(
            List.of(
                span("a", 0, 10, 100, false),
                span("b", 0, 110, 200, true),
                span("c", 0, 3200, 9000, false)),
            List.of(),
            List.of(),
            List.of());

    assertThat(Report.stages(judgement(history)))
        .containsExactly(
            "STAGE       REPLICAS   MOVES   LONGEST TIME THAT NOBODY LED A BUCKET",
            "b started   2          1       10 ms",
            "b killed    2          1       3000 ms",
            "nothing     2          0       -");
  }

  @Test
  void aGapThatALostMembershipMadeIsExplained() {
    LedSpan again =
        new LedSpan(
            "a",
            "a_2",
            new BucketId("webpage", 0),
            9,
            900 * MILLI,
            950,
            LedSpan.OPEN,
            false,
            Optional.empty());
    History history =
        new History(List.of(span("a", 0, 10, 100, false), again), List.of(), List.of(), List.of());

    assertThat(Report.stages(judgement(history)).get(2))
        .endsWith("800 ms (a_1 lost its membership: is this machine very busy?)");
  }

  @Test
  void verdictsSayInWordsWhatIsWrong() {
    List<String> lines =
        Report.verdicts(
            List.of(
                new Verdict("all is well", List.of()),
                new Verdict("more is well", Collections.nCopies(7, "Page 1 is not."))),
            Paint.NONE);

    assertThat(lines)
        .startsWith("ok      all is well", "FAILED  more is well", "        Page 1 is not.")
        .endsWith("        ... and 2 more")
        .hasSize(2 + 5 + 1);
  }

  @Test
  void aJudgementCollectsWhatEachCheckFinds() {
    History history =
        new History(
            List.of(span("a", 0, 10, 100, false), span("b", 0, 1500, 1600, false)),
            List.of(),
            List.of(),
            List.of(new Oddity("a", Oddity.Kind.MISPLACED, 10, 10, "a was odd.")));

    assertThat(judgement(history).verdicts().stream().filter(verdict -> !verdict.holds()))
        .extracting(Verdict::claim)
        .containsExactly(
            "after each stage the buckets were held by the live replicas, balanced within one",
            "a bucket was led again within 1 s when it was handed over, 4 s after a kill",
            "the traces make sense line by line");
  }

  private static Judgement judgement(History history) {
    Snapshot end = new Snapshot(List.of(), List.of());
    return new Judgement(
        history,
        List.of(
            new Stage("b started", 0, 150 * MILLI, 2, end),
            new Stage("b killed", 150 * MILLI, 5000 * MILLI, 2, end),
            new Stage("nothing", 5000 * MILLI, 6000 * MILLI, 2, end)),
        BucketSet.of("webpage", 8, KeyHash.NAME),
        Duration.ofSeconds(1),
        Duration.ofSeconds(4));
  }

  private static LedSpan span(String who, int bucket, long from, long until, boolean cut) {
    return new LedSpan(
        who,
        who + "_1",
        new BucketId("webpage", bucket),
        from,
        from * MILLI,
        until * MILLI,
        LedSpan.OPEN,
        cut,
        Optional.empty());
  }
}
