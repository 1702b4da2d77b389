package dev.leasehold.e2e.sidebyside;

import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * From the moment at which a killed leader's last renewal has been unanswered for the lease
 * duration to the callback that tells another process that it leads. The last renewal is the one
 * that a watch of this process showed last.
 */
final class CrashPart implements Part {

  private static final int[] LOCKS = {3, 12, 48};
  private static final int[] ROUNDS = {2, 4, 1};

  /** With the usual lease duration, which takes longer. */
  private static final int[] USUAL_LOCKS = {12};

  private static final int[] USUAL_ROUNDS = {2};
  private static final Duration CAMPAIGN = Duration.ofSeconds(5);

  private static List<Contender> contenders(Timings timings) {
    return Contender.oursAnd(
        "",
        timings,
        new Contender("fabric8", "fabric8", timings),
        new Contender("client-java", "client-java", timings));
  }

  @Override
  public String name() {
    return "crash";
  }

  @Override
  public String title() {
    return "Take-over after a SIGKILL, beyond the lease duration";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) throws InterruptedException {
    Course fast = new Course(stage, chapter, contenders(Contender.SHORT));
    List<Pair> none = List.of();
    fast.run(LOCKS, ROUNDS, () -> chapter.show(page(fast.pairs, none)));
    stage.clear();
    Course usual = new Course(stage, chapter, contenders(Contender.USUAL));
    usual.run(USUAL_LOCKS, USUAL_ROUNDS, () -> chapter.show(page(fast.pairs, usual.pairs)));
  }

  private static Page page(List<Pair> fast, List<Pair> usual) {
    Page page =
        new Page()
            .text(
                "From the end of the lease duration, counted from the killed leader's last renewal as a third process's watch showed it, to another process's callback that it leads. Leases of 7/5/2 s for all, which shortens the waiting alone: candidates that poll do so every 2 s either way.");
    PairTables.add(page, fast, LOCKS);
    if (!usual.isEmpty()) {
      PairTables.add(page.text("The same with Leases of 15/10/2 s."), usual, USUAL_LOCKS);
    }
    return page;
  }

  /** Rounds of kills of all contenders with the same periods. */
  private static final class Course {

    private final Stage stage;
    private final Report.Chapter chapter;
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Pair, LeaseSightings> running = new LinkedHashMap<>();

    Course(Stage stage, Report.Chapter chapter, List<Contender> contenders) {
      this.stage = stage;
      this.chapter = chapter;
      for (Contender contender : contenders) {
        Pair pair = new Pair(stage, contender);
        pairs.add(pair);
        running.put(pair, new LeaseSightings(stage.client(), pair.namespace()));
      }
    }

    void run(int[] sizes, int[] rounds, Runnable show) throws InterruptedException {
      for (int size = 0; size < sizes.length; size++) {
        int locks = sizes[size];
        attempt((pair, leases) -> pair.grow(locks));
        for (int round = 0; round < rounds[size]; round++) {
          Stage.pause(CAMPAIGN);
          round();
          show.run();
        }
      }
      running.values().forEach(LeaseSightings::close);
    }

    private void round() throws InterruptedException {
      Map<Pair, Long> killed = new LinkedHashMap<>();
      for (Pair pair : running.keySet()) {
        killed.put(pair, pair.leader().kill());
      }
      attempt((pair, leases) -> figures(pair, leases, Objects.requireNonNull(killed.get(pair))));
      running.keySet().forEach(Pair::replaceLeader);
      attempt((pair, leases) -> pair.campaignAgain());
    }

    private interface Step {

      void take(Pair pair, LeaseSightings leases);
    }

    /** Whoever fails is left out from then on. */
    private void attempt(Step step) {
      running
          .entrySet()
          .removeIf(
              each ->
                  !stage.attempt(
                      chapter,
                      each.getKey().contender().label(),
                      () -> step.take(each.getKey(), each.getValue())));
    }

    private static void figures(Pair pair, LeaseSightings leases, long dead) {
      for (int i = 0; i < pair.locks(); i++) {
        String lock = Pair.lock(i);
        Line leading = pair.follower().await("leading", lock, dead);
        String holder = leases.holders(dead).getOrDefault(lock, "");
        long renewed = leases.last(lock, holder).orElseThrow();
        pair.measured(
            leading.nanos() - renewed - pair.contender().timings().leaseDuration().toNanos());
      }
    }
  }
}
