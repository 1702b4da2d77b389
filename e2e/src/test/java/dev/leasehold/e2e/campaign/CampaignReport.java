package dev.leasehold.e2e.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.leasehold.e2e.campaign.check.Cost;
import dev.leasehold.e2e.campaign.check.Episode;
import dev.leasehold.e2e.campaign.check.Evidence;
import dev.leasehold.e2e.campaign.check.Rules;
import dev.leasehold.e2e.campaign.check.Ruling;
import dev.leasehold.e2e.campaign.check.Thawed;
import dev.leasehold.samples.demo.check.Finding;
import dev.leasehold.samples.demo.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param stalled for how long the machine was too busy for anything
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
    long stalled,
    List<Row> rows,
    List<Verdict> verdicts,
    List<String> leftOut) {

  private static final String MIXED = "two at once";

  /**
   * What one fault cost.
   *
   * @param fault its name
   * @param times how often it was injected
   * @param atLeast how long any leases of these periods leave a bucket without a leader, for the
   *     longest of them
   * @param longestUnled the longest time that nobody led some bucket
   * @param atWorst what the protocol costs at worst, for the longest of them
   * @param slowestChange the longest time that a change waited for a leader that could act
   * @param slowestRecovery the longest time from its end until all was well again
   * @param violations how often a promise was broken in it
   */
  record Row(
      String fault,
      int times,
      long atLeast,
      long longestUnled,
      long atWorst,
      long slowestChange,
      long slowestRecovery,
      int violations) {

    static Row of(Cost cost) {
      Episode episode = cost.episode();
      return new Row(
          episode.fault().contains(" + ") ? MIXED : episode.fault(),
          1,
          episode.limits().atLeast().toMillis(),
          cost.longestUnled().toMillis(),
          episode.limits().atWorst().toMillis(),
          cost.slowestChange().toMillis(),
          episode.recovery().toMillis(),
          cost.violations().size());
    }

    Row and(Row other) {
      return new Row(
          fault,
          times + other.times,
          Math.max(atLeast, other.atLeast),
          Math.max(longestUnled, other.longestUnled),
          Math.max(atWorst, other.atWorst),
          Math.max(slowestChange, other.slowestChange),
          Math.max(slowestRecovery, other.slowestRecovery),
          violations + other.violations);
    }
  }

  /** Judges and counts. */
  static CampaignReport of(long seed, CampaignRun.Outcome outcome, List<String> leftOut) {
    Evidence evidence = outcome.evidence();
    List<Ruling> rulings = new ArrayList<>(Rules.rulings(evidence));
    rulings.add(
        new Ruling(
            "the replicas recovered by themselves, and left in order", outcome.complaints()));
    rulings.add(
        new Ruling(
            "no token and no page showed in logs, traces or the HTTP port",
            outcome.leaks().stream().map(leak -> new Finding(Long.MIN_VALUE, leak)).toList()));
    rulings.add(
        new Ruling(
            "each path of the HTTP port answered, and each kind of file was there",
            outcome.searched().entrySet().stream()
                .filter(place -> place.getValue() == 0)
                .map(place -> "No replica ever had '%s'.".formatted(place.getKey()))
                .map(never -> new Finding(Long.MIN_VALUE, never))
                .toList()));
    List<Finding> findings = rulings.stream().flatMap(one -> one.findings().stream()).toList();
    Map<String, Row> rows = new TreeMap<>();
    Cost.of(evidence, findings)
        .forEach(cost -> rows.merge(Row.of(cost).fault(), Row.of(cost), Row::and));
    Thawed thawed = Thawed.of(evidence);
    List<Episode> episodes = evidence.episodes();
    long from = episodes.get(0).fromNanos();
    long until = episodes.get(episodes.size() - 1).untilNanos();
    return new CampaignReport(
        seed,
        (until - from) / 60e9,
        episodes.stream().mapToInt(episode -> episode.fault().split(" \\+ ", -1).length).sum(),
        evidence.history().runs().size(),
        evidence.changes().size(),
        findings.size(),
        thawed.outlived(),
        thawed.begunLate(),
        evidence.stalls().within(from, until).toMillis(),
        List.copyOf(rows.values()),
        rulings.stream()
            .map(
                ruling ->
                    new Verdict(
                        ruling.claim(), ruling.findings().stream().map(Finding::text).toList()))
            .toList(),
        List.copyOf(leftOut));
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

            %.1f minutes, %d faults, %d changes, %d reconciles, %d violations. The machine was too busy for anything for %.1f s.

            %d reconciles outlived a pause of their process past its term, and %d more began right after one with a permit from before it.

            Without a leader: the least that any leases of these periods cost, what was measured, and the most that the protocol costs, each for the
            longest of its kind. %s and what the machine was too busy for come on top before it is a violation. A change's wait is the leader's own; %s are allowed.

            | fault | times | at least | longest without a leader | at worst | slowest change | slowest recovery | violations |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """,
            seed,
            minutes,
            faults,
            changes,
            reconciles,
            violations,
            stalled / 1e3,
            outlivedPauses,
            begunAfterPauses,
            seconds(Rules.MARGIN.toMillis()),
            seconds(Rules.SEEN_WITHIN.toMillis())));
    for (Row row : rows) {
      text.append(
          "| %s | %d | %s | %s | %s | %s | %s | %d |%n"
              .formatted(
                  row.fault(),
                  row.times(),
                  seconds(row.atLeast()),
                  seconds(row.longestUnled()),
                  seconds(row.atWorst()),
                  seconds(row.slowestChange()),
                  seconds(row.slowestRecovery()),
                  row.violations()));
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

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
  }
}
