package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many reconciles that wait 5 ms end in a second, with 1, 2 and 4 replicas. */
final class SpeedUpPart implements Part {

  private static final int OBJECTS = 200;
  private static final int WORKERS = 2;
  private static final int WORK_MILLIS = 5;
  private static final int[] REPLICAS = {1, 2, 4};
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofSeconds(6);
  private static final Operators.Shape SHAPE = new Operators.Shape(1, 16, WORKERS, WORK_MILLIS);

  private final Map<Contender, Map<Integer, Double>> rates = new LinkedHashMap<>();

  @Override
  public String name() {
    return "speed-up";
  }

  @Override
  public String title() {
    return "Throughput of reconciles that wait";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) {
    for (int replicas : REPLICAS) {
      for (Contender contender : Contender.operators(Contender.USUAL)) {
        // Each anew: who has no turn would work all the same.
        boolean unused =
            stage.attempt(
                chapter,
                "%s with %d replicas".formatted(contender.label(), replicas),
                () -> measure(stage, contender, replicas));
        stage.clear();
        chapter.show(page());
      }
    }
  }

  private void measure(Stage stage, Contender contender, int replicas) {
    Operators operators = new Operators(stage, contender, SHAPE);
    operators.create(OBJECTS);
    operators.start(replicas).running().forEach(ContenderProcess::awaitReady);
    long unused = Leading.awaitBalanced(operators);
    Stage.pause(SETTLE);
    long begun = System.nanoTime();
    long before = runs(operators);
    Stage.pause(WINDOW);
    double rate = (runs(operators) - before) / ((System.nanoTime() - begun) / 1e9);
    rates.computeIfAbsent(contender, key -> new TreeMap<>()).put(replicas, rate);
  }

  private static long runs(Operators operators) {
    return operators.running().stream().mapToLong(ContenderProcess::runs).sum();
  }

  private Page page() {
    List<List<String>> rows = new ArrayList<>();
    List<Growth> growths = new ArrayList<>();
    rates.forEach(
        (contender, byReplicas) -> {
          Growth growth = new Growth(contender.label(), "reconciles/s");
          double alone = byReplicas.getOrDefault(1, 0.0);
          byReplicas.forEach(
              (replicas, rate) -> {
                rows.add(
                    List.of(
                        contender.label(),
                        Integer.toString(replicas),
                        String.format(Locale.ROOT, "%,.0f", rate),
                        Ratios.times(rate, alone)));
                growth.add(replicas, rate);
              });
          growths.add(growth);
        });
    return new Page()
        .text(
            "Each waits %d ms and wants its key again after 1 ms; %d keys, %d workers a replica, so a replica can't do more than %d a second. Contenders by turns, with each number of replicas."
                .formatted(WORK_MILLIS, OBJECTS, WORKERS, WORKERS * 1000 / WORK_MILLIS))
        .table(List.of("contender", "replicas", "reconciles/s", "speed-up"), rows)
        .table(Growth.header("replica"), Growth.rows(growths));
  }
}
