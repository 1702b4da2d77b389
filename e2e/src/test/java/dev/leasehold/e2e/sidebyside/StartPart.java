package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long it takes three replicas that are started together to lead all buckets, and to have
 * shared them. No peer shares locks at all.
 */
final class StartPart implements Part {

  private static final int REPLICAS = 3;
  private static final int[] BUCKETS = {100, 300, 1000};
  private static final int TIMES = 3;

  private final Map<Contender, Map<Integer, List<Start>>> starts = new LinkedHashMap<>();

  /**
   * One start, in seconds.
   *
   * @param ready from the start until all replicas were ready
   * @param balanced from the start until all buckets were led, and shared
   * @param moves how many buckets changed hands on the way
   * @param cpu processor time of all replicas
   */
  private record Start(double ready, double balanced, double moves, double cpu) {

    double beyondReady() {
      return balanced - ready;
    }
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String title() {
    return "Start of three replicas together";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) {
    for (int time = 0; time < TIMES; time++) {
      for (int buckets : BUCKETS) {
        for (Contender contender : Contender.ours("", Contender.USUAL)) {
          boolean unused =
              stage.attempt(
                  chapter,
                  "%s with %d buckets".formatted(contender.label(), buckets),
                  () -> start(stage, contender, buckets));
          stage.clear();
          chapter.show(page());
        }
      }
    }
  }

  private void start(Stage stage, Contender contender, int buckets) {
    Operators operators = new Operators(stage, contender, new Operators.Shape(1, buckets, 4, 0));
    long begun = System.nanoTime();
    operators.start(REPLICAS);
    long balanced = Leading.awaitBalanced(operators);
    List<ContenderProcess> all = operators.running();
    long ready = all.stream().mapToLong(each -> each.awaitReady().nanos()).max().orElseThrow();
    Start start =
        new Start(
            (ready - begun) / 1e9,
            (balanced - begun) / 1e9,
            all.stream().mapToLong(each -> each.said("ceasing").size()).sum(),
            all.stream().mapToLong(ContenderProcess::cpuNanos).sum() / 1e9);
    starts
        .computeIfAbsent(contender, key -> new LinkedHashMap<>())
        .computeIfAbsent(buckets, key -> new ArrayList<>())
        .add(start);
  }

  private Page page() {
    List<List<String>> rows = new ArrayList<>();
    List<Growth> growths = new ArrayList<>();
    starts.forEach(
        (contender, bySize) -> {
          bySize.forEach((buckets, all) -> rows.add(row(contender, buckets, all)));
          growths.add(growth(contender, "beyond ready, s", bySize, Start::beyondReady));
          growths.add(growth(contender, "processor, s", bySize, Start::cpu));
        });
    return new Page()
        .text(
            "From starting three JVMs until all buckets are led, and within one of each other; medians of up to %d starts, and the longest. Processor time is that of all three since their start."
                .formatted(TIMES))
        .table(
            List.of(
                "contender",
                "buckets",
                "starts",
                "all ready",
                "led and balanced",
                "most",
                "beyond ready",
                "moves",
                "processor"),
            rows)
        .table(Growth.header("bucket"), Growth.rows(growths));
  }

  private static List<String> row(Contender contender, int buckets, List<Start> all) {
    return List.of(
        contender.label(),
        Integer.toString(buckets),
        Integer.toString(all.size()),
        seconds(median(all, Start::ready)),
        seconds(median(all, Start::balanced)),
        seconds(all.stream().mapToDouble(Start::balanced).max().orElseThrow()),
        seconds(median(all, Start::beyondReady)),
        String.format(Locale.ROOT, "%.0f", median(all, Start::moves)),
        seconds(median(all, Start::cpu)));
  }

  private static Growth growth(
      Contender contender,
      String measure,
      Map<Integer, List<Start>> bySize,
      ToDoubleFunction<Start> of) {
    Growth growth = new Growth(contender.label(), measure);
    bySize.forEach(
        (buckets, all) -> all.forEach(each -> growth.add(buckets, of.applyAsDouble(each))));
    return growth;
  }

  private static double median(List<Start> all, ToDoubleFunction<Start> of) {
    return Growth.median(all.stream().map(of::applyAsDouble).toList());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
