package dev.leasehold.e2e.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.campaign.Schedule.Round;
import dev.leasehold.e2e.campaign.check.Episode;
import dev.leasehold.e2e.campaign.check.Episode.Limits;
import dev.leasehold.e2e.campaign.check.Evidence;
import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Fault.Cure;
import dev.leasehold.e2e.campaign.site.Load;
import dev.leasehold.e2e.campaign.site.Seat;
import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import dev.leasehold.samples.demo.check.Finding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** For what isn't a lease's: processes that start, watches that begin anew, retries. */
  private static final Duration STARTING = Duration.ofSeconds(6);

  private static final Logger log = LoggerFactory.getLogger(CampaignRun.class);

  private final Site site;
  private final Random random;
  private final List<Episode> episodes = new ArrayList<>();
  private final List<Finding> complaints = new ArrayList<>();

  CampaignRun(Site site, Random random) {
    this.site = site;
    this.random = random;
  }

  /**
   * What came of it.
   *
   * @param evidence for the rules
   * @param complaints what else didn't go as it should
   * @param leaks where a token or an object's content was shown, a sentence each
   * @param searched how often that was looked for, by place
   */
  record Outcome(
      Evidence evidence,
      List<Finding> complaints,
      List<String> leaks,
      Map<String, Integer> searched) {}

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
      recover("the start", load);
      while (goesOn.getAsBoolean()) {
        round(schedule.next(), load);
      }
      load.rest(true);
      site.eavesdrop();
      for (Seat seat : site.seats()) {
        seat.leave().ifPresent(this::complain);
      }
      return new Outcome(
          new Evidence(
              Site.BUCKETS,
              site.history(),
              site.freezes(),
              site.stalls(),
              Site.WORKERS,
              load.changes(),
              load.observed(),
              site.sights(),
              site.leaseLog(),
              episodes),
          List.copyOf(complaints),
          site.leaks(),
          site.searched());
    }
  }

  private void round(Round round, Load load) throws Exception {
    long from = System.nanoTime();
    Deque<Cure> cures = new ArrayDeque<>();
    for (Fault fault : round.faults()) {
      try {
        cures.push(fault.inject(site, random));
      } catch (AssertionError | ConditionTimeoutException wrong) {
        complain("'%s': %s".formatted(fault.name(), wrong.getMessage()));
      }
    }
    // Also for what is over at once: its effects take a moment, and are to fall into this round.
    boolean unused = new CountDownLatch(1).await(round.lasting().toMillis(), TimeUnit.MILLISECONDS);
    while (!cures.isEmpty()) {
      try {
        cures.pop().heal();
      } catch (AssertionError | ConditionTimeoutException | ExecutionException wrong) {
        complain("The end of '%s': %s".formatted(round.name(), wrong.getMessage()));
      }
    }
    // What was changed until now has to be acted upon without another change.
    load.turn();
    long healed = System.nanoTime();
    site.eavesdrop();
    recover(round.name(), load);
    Episode episode =
        new Episode(
            round.name(),
            from,
            healed,
            System.nanoTime(),
            limits(round, Duration.ofNanos(healed - from)));
    episodes.add(episode);
    log.info(
        "{}. {}: {} s, {} s to recover",
        episodes.size(),
        round.name(),
        seconds(Duration.ofNanos(healed - from)),
        seconds(episode.recovery()));
  }

  private static Limits limits(Round round, Duration lasted) {
    Timings slowest = Site.TIMINGS;
    for (Fault fault : round.faults()) {
      slowest = fault.timings(slowest);
    }
    Timings timings = slowest;
    return new Limits(
        round.faults().stream()
            .map(fault -> fault.atLeast(Site.TIMINGS, lasted))
            .max(Duration::compareTo)
            .orElseThrow(),
        round.faults().stream()
            .map(fault -> fault.atWorst(timings, lasted))
            .reduce(Duration.ZERO, Duration::plus),
        timings.leaseDuration().multipliedBy(2).plus(STARTING),
        round.faults().stream().anyMatch(Fault::hinders));
  }

  private void complain(String what) {
    complaints.add(new Finding(System.nanoTime(), what));
  }

  /** Waits until all buckets are balanced again, and every change so far has been acted upon. */
  private void recover(String after, Load load) throws InterruptedException {
    for (Seat seat : site.seats()) {
      if (!seat.replica().isAlive()) {
        complain(
            "'%s': %s ended by itself. Its log ends with:%n%s"
                .formatted(after, seat.replica().name(), lastLines(seat.replica().log())));
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
      complain("'%s': %s".formatted(after, never.getMessage()));
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
