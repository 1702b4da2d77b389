package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes three replicas that are started together to lead all buckets, and to have
 * shared them. No peer shares locks at all.
 */
final class StartPart implements Part {

  private static final int REPLICAS = 3;
  private static final int[] BUCKETS = {100, 300, 1000};

  @Override
  public String name() {
    return "start";
  }

  @Override
  public void measure(Stage stage) {
    Contender ours = new Contender("Leasehold", Contender.OURS, Contender.USUAL);
    List<List<String>> rows = new ArrayList<>();
    for (int buckets : BUCKETS) {
      Operators operators = new Operators(stage, ours, new Operators.Shape(1, buckets, 4, 0));
      long begun = System.nanoTime();
      for (int i = 0; i < REPLICAS; i++) {
        operators.start();
      }
      long balanced = Leading.awaitBalanced(operators);
      long ready =
          operators.running().stream()
              .mapToLong(each -> each.await("ready", "process", begun).nanos())
              .max()
              .orElseThrow();
      long moves =
          operators.running().stream().mapToLong(each -> each.said("ceasing").size()).sum();
      double cpu =
          operators.running().stream().mapToDouble(each -> each.cpu().toMillis() / 1e3).sum();
      rows.add(
          List.of(
              Integer.toString(buckets),
              seconds((ready - begun) / 1e9),
              seconds((balanced - begun) / 1e9),
              seconds((balanced - ready) / 1e9),
              Long.toString(moves),
              seconds(cpu)));
      stage.clear();
    }
    stage.report().section("Start of three replicas together");
    stage
        .report()
        .text(
            "From starting three JVMs until all buckets are led, and within one of each other. Whoever is first takes all, so most buckets move; processor time is that of all three since their start.");
    stage
        .report()
        .table(
            List.of(
                "buckets", "all ready", "led and balanced", "beyond ready", "moves", "processor"),
            rows);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
