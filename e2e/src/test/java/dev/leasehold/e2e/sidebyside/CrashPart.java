package dev.leasehold.e2e.sidebyside;

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

  private static final int LOCKS = 12;
  private static final int ROUNDS = 3;
  private static final Duration CAMPAIGN = Duration.ofSeconds(5);

  private static final List<Contender> CONTENDERS =
      List.of(
          new Contender("Leasehold", Contender.OURS, Contender.SHORT),
          new Contender("fabric8", "fabric8", Contender.SHORT),
          new Contender("client-java", "client-java", Contender.SHORT));

  @Override
  public String name() {
    return "crash";
  }

  @Override
  public void measure(Stage stage) throws InterruptedException {
    Map<Pair, LeaseSightings> pairs = new LinkedHashMap<>();
    for (Contender contender : CONTENDERS) {
      Pair pair = new Pair(stage, contender, LOCKS);
      pairs.put(pair, new LeaseSightings(stage.client(), pair.namespace()));
    }
    pairs.keySet().forEach(Pair::begin);
    for (int round = 0; round < ROUNDS; round++) {
      Stage.pause(CAMPAIGN);
      round(pairs);
    }
    pairs.values().forEach(LeaseSightings::close);
    stage.report().section("Take-over after a SIGKILL, beyond the lease duration");
    stage
        .report()
        .text(
            "From the end of the lease duration, counted from the killed leader's last renewal as a third process's watch showed it, to another process's callback that it leads: %d locks, %d times. Leases of 7/5/2 s for all, which shortens the waiting alone: candidates that poll do so every 2 s either way."
                .formatted(LOCKS, ROUNDS));
    stage.report().table(Ratios.HEADER, Ratios.rows(new ArrayList<>(pairs.keySet())));
  }

  private static void round(Map<Pair, LeaseSightings> pairs) throws InterruptedException {
    Map<Pair, Long> killed = new LinkedHashMap<>();
    for (Pair pair : pairs.keySet()) {
      killed.put(pair, pair.leader().kill());
    }
    for (Map.Entry<Pair, Long> each : killed.entrySet()) {
      Pair pair = each.getKey();
      long dead = each.getValue();
      LeaseSightings leases = Objects.requireNonNull(pairs.get(pair));
      for (int i = 0; i < LOCKS; i++) {
        String lock = Pair.lock(i);
        Line leading = pair.follower().await("leading", lock, dead);
        String holder = leases.holders(dead).getOrDefault(lock, "");
        long renewed = leases.last(lock, holder).orElseThrow();
        pair.measured(leading.nanos() - renewed - Contender.SHORT.leaseDuration().toNanos());
      }
    }
    pairs.keySet().forEach(Pair::replaceLeader);
    pairs.keySet().forEach(Pair::campaignAgain);
  }
}
