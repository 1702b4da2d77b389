package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leasehold.bucket.BucketSet;
import dev.leasehold.bucket.KeyHash;
import dev.leasehold.e2e.campaign.CampaignReport.Row;
import dev.leasehold.e2e.campaign.check.Change;
import dev.leasehold.e2e.campaign.check.Episode;
import dev.leasehold.e2e.campaign.check.Evidence;
import dev.leasehold.e2e.campaign.check.Intervals;
import dev.leasehold.e2e.campaign.check.LeaseLog;
import dev.leasehold.e2e.campaign.check.PageSight;
import dev.leasehold.samples.demo.check.BucketId;
import dev.leasehold.samples.demo.check.Finding;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.KeyRun;
import dev.leasehold.samples.demo.check.LedSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign of 20 s with four rounds and one bucket, in milliseconds. */
class CampaignReportTest {

  private static final long MILLI = 1_000_000;
  private static final String KEY = "shop/page";
  private static final BucketId BUCKET = new BucketId("webpage", 0);

  @Test
  void theRoundsOfAFaultAreOneRowWithTheWorstOfEachAndMixedOnesAreOneToo() {
    assertThat(report().rows())
        .containsExactly(
            new Row("killed", 1, 1000, 0, 3000, 500, 2000, 0),
            new Row("paused", 2, 2000, 1500, 4000, 0, 4000, 1),
            new Row("two at once", 1, 0, 0, 6000, 0, 1000, 0));
    assertThat(report().faults()).isEqualTo(5);
  }

  @Test
  void markdownShowsTheLeastThatLeasesCostBesideWhatWasMeasuredAndTheMost() {
    assertThat(report().markdown())
        .startsWith("# Campaign with seed 7\n")
        .contains("0.3 minutes, 5 faults, 1 changes, 1 reconciles, 2 violations.")
        .contains("too busy for anything for 0.4 s")
        .containsPattern("\\| fault \\| times \\| at least \\| longest .* \\| at worst \\|")
        .contains("| paused | 2 | 2.00 s | 1.50 s | 4.00 s | 0.00 s | 4.00 s | 1 |");
  }

  @Test
  void markdownShowsWhatBrokeAPromiseAndWhichPromisesHeld() {
    assertThat(report().markdown())
        .contains(
            "- BROKEN: the replicas recovered by themselves, and left in order\n  - r2 ended by itself.\n")
        .contains(
            "- BROKEN: no token and no page showed in logs, traces or the HTTP port\n  - The token is in r1.err.\n")
        .contains("- ok: no key was inside two reconciles at once\n")
        .contains("- left out: clocks that go wrong.\n");
  }

  @Test
  void whatWasNeverSearchedForSecretsIsAViolation() {
    CampaignReport report =
        CampaignReport.of(7, outcome(Map.of("/metrics", 0, "/livez", 3)), List.of());

    assertThat(report.violations()).isEqualTo(report().violations() + 1);
    assertThat(report.markdown())
        .contains(
            "- BROKEN: each path of the HTTP port answered, and each kind of file was there\n  - No replica ever had '/metrics'.\n");
  }

  @Test
  void bothFilesAreWrittenAndTheJsonIsAllOfTheReport(@TempDir Path folder) throws IOException {
    CampaignReport report = report();

    report.write(folder.resolve("new"));

    assertThat(folder.resolve("new/report.md")).hasContent(report.markdown());
    assertThat(
            new ObjectMapper()
                .readValue(
                    Files.readString(folder.resolve("new/report.json")), CampaignReport.class))
        .isEqualTo(report);
  }

  private static CampaignReport report() {
    return CampaignReport.of(7, outcome(Map.of("/metrics", 3)), List.of("clocks that go wrong."));
  }

  /** A replica is paused, another is killed for nothing, and it is paused again. */
  private static CampaignRun.Outcome outcome(Map<String, Integer> searched) {
    List<Episode> episodes =
        List.of(
            episode("paused", 0, 1000, 5000, 2000, 3000),
            episode("killed", 5000, 8000, 10_000, 1000, 3000),
            episode("paused", 10_000, 13_000, 15_000, 1000, 4000),
            episode("paused + killed", 15_000, 19_000, 20_000, 0, 6000));
    History history =
        new History(
            List.of(
                led("r1", 7, 0, 1000), led("r2", 9, 2500, 12_000), led("r1", 12, 12_700, 21_000)),
            List.of(
                new KeyRun("r2", "r2_1", KEY, BUCKET, 9, 5200 * MILLI, LedSpan.OPEN, 5205 * MILLI)),
            List.of(),
            List.of());
    Evidence evidence =
        new Evidence(
            BucketSet.of("webpage", 1, KeyHash.NAME),
            history,
            List.of(),
            new Intervals(List.of(new Intervals.Interval(3000 * MILLI, 3400 * MILLI))),
            1,
            List.of(new Change(KEY, 2, 5100 * MILLI)),
            Map.of(KEY, 2L),
            List.of(new PageSight(KEY, 5600 * MILLI, 2, 9)),
            new LeaseLog(
                List.of(version(7, "r1_1"), version(9, "r2_1"), version(12, "r1_1")), List.of()),
            episodes);
    return new CampaignRun.Outcome(
        evidence,
        List.of(new Finding(11_000 * MILLI, "r2 ended by itself.")),
        List.of("The token is in r1.err."),
        searched);
  }

  private static Episode episode(
      String fault, long from, long healed, long until, long atLeast, long atWorst) {
    return new Episode(
        fault,
        from * MILLI,
        healed * MILLI,
        until * MILLI,
        new Episode.Limits(
            Duration.ofMillis(atLeast), Duration.ofMillis(atWorst), Duration.ofSeconds(10), false));
  }

  private static LedSpan led(String process, long epoch, long from, long until) {
    return new LedSpan(
        process,
        process + "_1",
        BUCKET,
        epoch,
        from * MILLI,
        until * MILLI,
        LedSpan.OPEN,
        false,
        Optional.empty());
  }

  private static LeaseLog.Version version(long number, String holder) {
    return new LeaseLog.Version(number, BUCKET, holder);
  }
}
