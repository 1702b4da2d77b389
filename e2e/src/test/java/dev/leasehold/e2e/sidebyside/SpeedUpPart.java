package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many reconciles that wait 5 ms end in a second, with 1, 2 and 4 replicas. */
final class SpeedUpPart implements Part {

  private static final int OBJECTS = 200;
  private static final int WORKERS = 2;
  private static final int WORK_MILLIS = 5;
  private static final int[] REPLICAS = {1, 2, 4};
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofSeconds(6);
  private static final Operators.Shape SHAPE = new Operators.Shape(1, 16, WORKERS, WORK_MILLIS);

  @Override
  public String name() {
    return "speed-up";
  }

  @Override
  public void measure(Stage stage) {
    stage.report().section("Throughput of reconciles that wait");
    stage
        .report()
        .text(
            "Each waits %d ms and wants its key again after 1 ms; %d keys, %d workers a replica, so a replica can't do more than %d a second."
                .formatted(WORK_MILLIS, OBJECTS, WORKERS, WORKERS * 1000 / WORK_MILLIS));
    List<List<String>> rows = new ArrayList<>();
    for (Contender contender :
        List.of(
            new Contender("Leasehold", Contender.OURS, Contender.USUAL),
            new Contender("Java Operator SDK", "sdk", Contender.USUAL))) {
      double alone = 0;
      Operators operators = new Operators(stage, contender, SHAPE);
      operators.create(OBJECTS);
      for (int replicas : REPLICAS) {
        double rate = rate(operators, replicas);
        alone = replicas == 1 ? rate : alone;
        rows.add(
            List.of(
                contender.label(),
                Integer.toString(replicas),
                String.format(Locale.ROOT, "%,.0f", rate),
                String.format(Locale.ROOT, "%.2f", rate / alone)));
      }
      stage.clear();
    }
    stage.report().table(List.of("contender", "replicas", "reconciles/s", "speed-up"), rows);
  }

  private static double rate(Operators operators, int replicas) {
    while (operators.running().size() < replicas) {
      operators.start();
    }
    operators.running().forEach(each -> each.await("ready", "process", Long.MIN_VALUE));
    if (operators.contender().isOurs()) {
      Leading.awaitBalanced(operators);
    } else {
      operators.running().get(0).await("leading", "lock-0", Long.MIN_VALUE);
    }
    Stage.pause(SETTLE);
    long begun = System.nanoTime();
    long before = runs(operators);
    Stage.pause(WINDOW);
    return (runs(operators) - before) / ((System.nanoTime() - begun) / 1e9);
  }

  private static long runs(Operators operators) {
    long sum = 0;
    for (ContenderProcess process : operators.running()) {
      long asked = System.nanoTime();
      process.tell("runs");
      sum += Long.parseLong(process.await("runs", "now", asked).more());
    }
    return sum;
  }
}
