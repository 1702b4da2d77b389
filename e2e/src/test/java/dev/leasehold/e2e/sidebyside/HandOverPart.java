package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From the call that stops a leading elector to the callback that tells another process's elector
 * that it leads. All contenders take turns in each round, so that whatever else the machine does
 * touches all of them.
 */
final class HandOverPart implements Part {

  private static final int[] LOCKS = {3, 12, 48};
  private static final int[] ROUNDS = {2, 3, 1};

  /** Long enough for each candidate's polling to have a phase of its own. */
  private static final Duration CAMPAIGN = Duration.ofSeconds(6);

  private static final Duration APART = Duration.ofMillis(60);

  private static List<Contender> contenders() {
    return Contender.oursAnd(
        ", 15/10/2 s, its defaults",
        Contender.USUAL,
        new Contender("fabric8, 15/10/2 s, by default without release", "fabric8", Contender.USUAL),
        new Contender("fabric8, 15/10/2 s, `releaseOnCancel`", "fabric8-release", Contender.USUAL),
        new Contender("client-java, 15/10/2 s", "client-java", Contender.USUAL),
        new Contender(
            "client-java, 10/8/2 s, its example", "client-java", Contender.CLIENT_JAVA_EXAMPLE));
  }

  @Override
  public String name() {
    return "hand-over";
  }

  @Override
  public String title() {
    return "Graceful hand-over of one lock";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) {
    List<Pair> pairs = contenders().stream().map(contender -> new Pair(stage, contender)).toList();
    List<Pair> running = new ArrayList<>(pairs);
    for (int size = 0; size < LOCKS.length; size++) {
      int locks = LOCKS[size];
      running.removeIf(
          pair -> !stage.attempt(chapter, pair.contender().label(), () -> pair.grow(locks)));
      for (int round = 0; round < ROUNDS[size]; round++) {
        Stage.pause(CAMPAIGN);
        round(stage, chapter, running);
        chapter.show(page(pairs));
      }
    }
  }

  private static Page page(List<Pair> pairs) {
    return PairTables.add(
        new Page()
            .text(
                "From the call that stops a leading elector to another process's callback that it leads, all contenders by turns."),
        pairs,
        LOCKS);
  }

  private static void round(Stage stage, Report.Chapter chapter, List<Pair> running) {
    long begun = System.nanoTime();
    int locks = running.stream().mapToInt(Pair::locks).max().orElse(0);
    for (int i = 0; i < locks; i++) {
      for (Pair pair : running) {
        pair.leader().tell("stop " + Pair.lock(i));
        Stage.pause(APART);
      }
    }
    running.removeIf(
        pair -> !stage.attempt(chapter, pair.contender().label(), () -> figures(pair, begun)));
    running.forEach(Pair::swap);
  }

  private static void figures(Pair pair, long begun) {
    for (int i = 0; i < pair.locks(); i++) {
      Line asked = pair.leader().await("asked", Pair.lock(i), begun);
      Line leading = pair.follower().await("leading", Pair.lock(i), asked.nanos());
      pair.measured(leading.nanos() - asked.nanos());
      pair.leader().await("stopped", Pair.lock(i), begun);
    }
  }
}
