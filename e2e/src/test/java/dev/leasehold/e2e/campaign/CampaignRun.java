package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.campaign.Schedule.Round;
import dev.leasehold.e2e.campaign.check.Episode;
import dev.leasehold.e2e.campaign.check.Evidence;
import dev.leasehold.e2e.campaign.check.Intervals;
import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Fault.Cure;
import dev.leasehold.e2e.campaign.site.Load;
import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a site through one round of faults after the other, under a steady load of changes, and
 * waits for its recovery after each. Used by one thread, once.
 */
final class CampaignRun {

  /**
   * What a machine that is busy with other things may add to what the protocol costs. It decides
   * what is called a violation; the report shows what was measured.
   */
  static final Duration MARGIN = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(CampaignRun.class);

  private final Site site;
  private final Random random;
  private final List<Episode> episodes = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  CampaignRun(Site site, Random random) {
    this.site = site;
    this.random = random;
  }

  /**
   * What came of it.
   *
   * @param evidence for the rules
   * @param complaints what else didn't go as it should, a sentence each
   * @param leaks where a token or an object's content was shown, a sentence each
   */
  record Outcome(Evidence evidence, List<String> complaints, List<String> leaks) {}

  /**
   * Starts the replicas, runs the rounds and stops the replicas.
   *
   * @param schedule what goes wrong
   * @param goesOn asked before each round
   */
  Outcome run(Schedule schedule, BooleanSupplier goesOn) throws Exception {
    for (Seat seat : site.seats()) {
      seat.start();
    }
    try (Load load = new Load(site.client(), site.namespace())) {
      recover(load);
      while (goesOn.getAsBoolean()) {
        round(schedule.next(), load);
      }
      load.rest(true);
      List<String> leaks = site.leaks();
      for (Seat seat : site.seats()) {
        seat.leave().ifPresent(complaints::add);
      }
      return new Outcome(
          new Evidence(
              Site.BUCKETS,
              site.history(),
              site.freezes(),
              Intervals.NONE,
              Site.WORKERS,
              load.changes(),
              load.observed(),
              episodes),
          List.copyOf(complaints),
          leaks);
    }
  }

  private void round(Round round, Load load) throws Exception {
    long from = System.nanoTime();
    Deque<Cure> cures = new ArrayDeque<>();
    for (Fault fault : round.faults()) {
      try {
        cures.push(fault.inject(site, random));
      } catch (AssertionError | ConditionTimeoutException wrong) {
        complaints.add("'%s': %s".formatted(fault.name(), wrong.getMessage()));
      }
    }
    // Also for what is over at once: its effects take a moment, and are to fall into this round.
    boolean unused = new CountDownLatch(1).await(round.lasting().toMillis(), TimeUnit.MILLISECONDS);
    while (!cures.isEmpty()) {
      try {
        cures.pop().heal();
      } catch (AssertionError | ConditionTimeoutException | ExecutionException wrong) {
        complaints.add("The end of '%s': %s".formatted(round.name(), wrong.getMessage()));
      }
    }
    long healed = System.nanoTime();
    Duration lasted = Duration.ofNanos(healed - from);
    int before = complaints.size();
    recover(load);
    Duration atWorst =
        round.faults().stream()
            .map(fault -> fault.atWorst(Site.TIMINGS, lasted))
            .reduce(Duration.ZERO, Duration::plus);
    long now = System.nanoTime();
    for (int i = before; i < complaints.size(); i++) {
      complaints.set(i, "'%s': %s".formatted(round.name(), complaints.get(i)));
    }
    episodes.add(new Episode(round.name(), from, now, atWorst, atWorst.plus(MARGIN)));
    log.info(
        "{}. {}: {} s, {} s to recover",
        episodes.size(),
        round.name(),
        seconds(lasted),
        seconds(Duration.ofNanos(now - healed)));
  }

  /** Waits until all buckets are balanced again, and every change so far has been acted upon. */
  private void recover(Load load) throws InterruptedException {
    for (Seat seat : site.seats()) {
      if (!seat.replica().isAlive()) {
        complaints.add(
            "%s ended by itself. Its log ends with:%n%s"
                .formatted(seat.replica().name(), lastLines(seat.replica().log())));
        seat.kill();
        seat.start();
      }
    }
    try {
      site.awaitBalanced();
      load.rest(true);
      await()
          .atMost(Site.PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(load.unfinished()).isEmpty());
    } catch (ConditionTimeoutException never) {
      complaints.add(String.valueOf(never.getMessage()));
    } finally {
      load.rest(false);
    }
  }

  private static String lastLines(String log) {
    List<String> lines = log.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
  }
}
