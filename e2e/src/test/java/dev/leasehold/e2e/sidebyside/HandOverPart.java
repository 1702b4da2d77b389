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

  private static final int LOCKS = 12;
  private static final int ROUNDS = 3;

  /** Long enough for each candidate's polling to have a phase of its own. */
  private static final Duration CAMPAIGN = Duration.ofSeconds(6);

  private static final Duration APART = Duration.ofMillis(60);

  private static final List<Contender> CONTENDERS =
      List.of(
          new Contender("Leasehold, 15/10/2 s, its defaults", Contender.OURS, Contender.USUAL),
          new Contender(
              "fabric8, 15/10/2 s, by default without release", "fabric8", Contender.USUAL),
          new Contender(
              "fabric8, 15/10/2 s, `releaseOnCancel`", "fabric8-release", Contender.USUAL),
          new Contender("client-java, 15/10/2 s", "client-java", Contender.USUAL),
          new Contender(
              "client-java, 10/8/2 s, its example", "client-java", Contender.CLIENT_JAVA_EXAMPLE));

  @Override
  public String name() {
    return "hand-over";
  }

  @Override
  public void measure(Stage stage) {
    List<Pair> pairs = new ArrayList<>();
    CONTENDERS.forEach(contender -> pairs.add(new Pair(stage, contender, LOCKS)));
    pairs.forEach(Pair::begin);
    for (int round = 0; round < ROUNDS; round++) {
      Stage.pause(CAMPAIGN);
      round(pairs);
    }
    stage.report().section("Graceful hand-over of one lock");
    stage
        .report()
        .text(
            "From the call that stops a leading elector to another process's callback that it leads: %d locks, %d times each, all contenders by turns."
                .formatted(LOCKS, ROUNDS));
    stage.report().table(Ratios.HEADER, Ratios.rows(pairs));
  }

  private static void round(List<Pair> pairs) {
    long begun = System.nanoTime();
    for (int i = 0; i < LOCKS; i++) {
      for (Pair pair : pairs) {
        pair.leader().tell("stop " + Pair.lock(i));
        Stage.pause(APART);
      }
    }
    for (Pair pair : pairs) {
      for (int i = 0; i < LOCKS; i++) {
        Line asked = pair.leader().await("asked", Pair.lock(i), begun);
        Line leading = pair.follower().await("leading", Pair.lock(i), asked.nanos());
        pair.measured(leading.nanos() - asked.nanos());
        pair.leader().await("stopped", Pair.lock(i), begun);
      }
    }
    for (Pair pair : pairs) {
      pair.leader().tell("join-all " + LOCKS);
      pair.swap();
    }
  }
}
