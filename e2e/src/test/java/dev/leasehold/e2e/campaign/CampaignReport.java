package dev.leasehold.e2e.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.leasehold.e2e.campaign.check.Episode;
import dev.leasehold.e2e.campaign.check.Evidence;
import dev.leasehold.e2e.campaign.check.Rules;
import dev.leasehold.e2e.campaign.check.Ruling;
import dev.leasehold.e2e.campaign.check.Thawed;
import dev.leasehold.e2e.campaign.check.Unled;
import dev.leasehold.samples.demo.check.Finding;
import dev.leasehold.samples.demo.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a campaign. All times are in milliseconds.
 *
 * @param seed what decided the faults
 * @param minutes how long it took, in minutes
 * @param faults how many were injected
 * @param reconciles how many were run
 * @param changes how many were confirmed by the API server
 * @param violations how often a promise was broken
 * @param outlivedPauses reconciles that were running when their process was paused past its term
 * @param begunAfterPauses reconciles that were stopped between their permit and their start
 * @param rows a row for each fault alone, and one for several at once
 * @param verdicts each rule and what breaks it
 * @param leftOut what this machine couldn't do, a sentence each
 */
record CampaignReport(
    long seed,
    double minutes,
    int faults,
    int reconciles,
    int changes,
    int violations,
    int outlivedPauses,
    int begunAfterPauses,
    List<Row> rows,
    List<Verdict> verdicts,
    List<String> leftOut) {

  private static final String MIXED = "two at once";

  /**
   * What one fault cost.
   *
   * @param fault its name
   * @param times how often it was injected
   * @param longestUnled the longest time that nobody led some bucket
   * @param atWorst what the protocol costs at worst, for the longest of them
   * @param allowed beyond which it is a violation
   */
  record Row(String fault, int times, long longestUnled, long atWorst, long allowed) {

    Row and(Row other) {
      return new Row(
          fault,
          times + other.times,
          Math.max(longestUnled, other.longestUnled),
          Math.max(atWorst, other.atWorst),
          Math.max(allowed, other.allowed));
    }
  }

  /** Judges and counts. */
  static CampaignReport of(long seed, CampaignRun.Outcome outcome, List<String> leftOut) {
    Evidence evidence = outcome.evidence();
    List<Verdict> verdicts = new ArrayList<>();
    for (Ruling ruling : Rules.rulings(evidence)) {
      verdicts.add(
          new Verdict(ruling.claim(), ruling.findings().stream().map(Finding::text).toList()));
    }
    verdicts.add(
        new Verdict(
            "the replicas recovered by themselves, and left in order", outcome.complaints()));
    verdicts.add(
        new Verdict(
            "no token and no page showed in logs, traces or the HTTP port", outcome.leaks()));
    Thawed thawed = Thawed.of(evidence);
    List<Episode> episodes = evidence.episodes();
    long nanos = episodes.get(episodes.size() - 1).untilNanos() - episodes.get(0).fromNanos();
    return new CampaignReport(
        seed,
        nanos / 60e9,
        episodes.stream().mapToInt(episode -> episode.fault().split(" \\+ ", -1).length).sum(),
        evidence.history().runs().size(),
        evidence.changes().size(),
        verdicts.stream().mapToInt(verdict -> verdict.wrong().size()).sum(),
        thawed.outlived(),
        thawed.begunLate(),
        rows(evidence),
        verdicts,
        List.copyOf(leftOut));
  }

  private static List<Row> rows(Evidence evidence) {
    Map<Episode, Long> unled = new HashMap<>();
    for (Unled one : Unled.of(evidence)) {
      one.episode(evidence.episodes())
          .ifPresent(episode -> unled.merge(episode, one.length().toMillis(), Math::max));
    }
    Map<String, Row> rows = new TreeMap<>();
    for (Episode episode : evidence.episodes()) {
      String fault = episode.fault().contains(" + ") ? MIXED : episode.fault();
      Row row =
          new Row(
              fault,
              1,
              unled.getOrDefault(episode, 0L),
              episode.atWorst().toMillis(),
              episode.allowed().toMillis());
      rows.merge(fault, row, Row::and);
    }
    return List.copyOf(rows.values());
  }

  /** Writes {@code report.md} and {@code report.json} into a folder. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.md"), markdown());
    Files.writeString(
        folder.resolve("report.json"),
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this)
            + "\n");
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            # Campaign with seed %d

            %.1f minutes, %d faults, %d changes, %d reconciles, %d violations.

            %d reconciles outlived a pause of their process past its term, and %d more began right after one with a permit from before it.

            | fault | times | longest without a leader | at worst by the protocol | allowed |
            | --- | ---: | ---: | ---: | ---: |
            """,
            seed,
            minutes,
            faults,
            changes,
            reconciles,
            violations,
            outlivedPauses,
            begunAfterPauses));
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.2f s | %.1f s | %.1f s |%n",
              row.fault(),
              row.times(),
              row.longestUnled() / 1e3,
              row.atWorst() / 1e3,
              row.allowed() / 1e3));
    }
    text.append("\n");
    for (Verdict verdict : verdicts) {
      text.append("- ").append(verdict.holds() ? "ok: " : "BROKEN: ").append(verdict.claim());
      text.append("\n");
      verdict.wrong().forEach(what -> text.append("  - ").append(what).append("\n"));
    }
    leftOut.forEach(what -> text.append("- left out: ").append(what).append("\n"));
    return text.toString();
  }
}
