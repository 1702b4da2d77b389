package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** From the time for which a change was planned to the start of its reconcile. */
final class LatencyPart implements Part {

  private static final int OBJECTS = 200;
  private static final int REPLICAS = 3;
  private static final int[] PER_SECOND = {50, 100, 200};

  /** How often each has a turn at each rate. */
  private static final int TURNS = 2;

  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration WINDOW = Duration.ofSeconds(6);
  private static final Duration NONE = Duration.ZERO;
  private static final Duration REST = Duration.ofSeconds(2);

  /** Below this, a rate was not what it is called. */
  private static final double ENOUGH = 0.95;

  private static final Operators.Shape SHAPE = new Operators.Shape(1, 12, 4, 0);

  private final Map<Contender, Map<Integer, List<Changes.Outcome>>> outcomes =
      new LinkedHashMap<>();

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String title() {
    return "From a change to its reconcile";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) throws InterruptedException {
    List<Operators> all = new ArrayList<>();
    for (Contender contender : Contender.operators(Contender.USUAL)) {
      Operators operators = new Operators(stage, contender, SHAPE);
      operators.create(OBJECTS);
      all.add(operators.start(REPLICAS));
    }
    for (Operators each : all) {
      each.running().forEach(ContenderProcess::awaitReady);
      long unused = Leading.awaitBalanced(each);
    }
    for (Operators each : all) {
      // The first changes of all are slow, since they are the first of this process.
      Changes.Window unused = new Changes(PER_SECOND[1], OBJECTS).make(each, WARM_UP, NONE);
    }
    for (int perSecond : PER_SECOND) {
      for (int turn = 0; turn < TURNS; turn++) {
        // Who comes second finds the machine warmer, so that takes turns, too.
        Collections.reverse(all);
        for (Operators each : all) {
          boolean unused =
              stage.attempt(
                  chapter,
                  "%s with %d changes a second".formatted(each.contender().label(), perSecond),
                  () -> measure(each, perSecond));
          chapter.show(page());
        }
      }
    }
  }

  private void measure(Operators operators, int perSecond) throws InterruptedException {
    Changes changes = new Changes(perSecond, OBJECTS);
    Changes.Window window = changes.make(operators, WARM_UP, WINDOW);
    Stage.pause(REST);
    operators.running().forEach(ContenderProcess::check);
    List<Line> runs =
        operators.running().stream().flatMap(each -> each.said("run").stream()).toList();
    outcomes
        .computeIfAbsent(operators.contender(), key -> new LinkedHashMap<>())
        .computeIfAbsent(perSecond, key -> new ArrayList<>())
        .add(changes.outcome(window, runs));
    if (changes.failure().isPresent()) {
      throw changes.failure().get();
    }
  }

  private Page page() {
    Page page =
        new Page()
            .text(
                "%d replicas of each, which take turns at being sent changes to %d objects, %d times %d s at each rate after %d s to warm up. From the time for which a change was planned, even if it was sent later, to the start of the first reconcile that had it; `the write` is from its sending to the API server's answer, and part of it. `unseen` are changes that were never sent, or that the object's next one overtook."
                    .formatted(REPLICAS, OBJECTS, TURNS, WINDOW.toSeconds(), WARM_UP.toSeconds()));
    List<Growth> growths = new ArrayList<>();
    for (int perSecond : PER_SECOND) {
      List<List<String>> rows = new ArrayList<>();
      List<List<String>> writes = new ArrayList<>();
      long ours = 0;
      for (Contender contender : Contender.operators(Contender.USUAL)) {
        List<Changes.Outcome> of =
            outcomes.getOrDefault(contender, Map.of()).getOrDefault(perSecond, List.of());
        if (!of.isEmpty()) {
          Figures waits = figures(of, Changes.Outcome::waits);
          ours = contender.isOurs() && rows.isEmpty() ? waits.percentile(50) : ours;
          rows.add(row(contender.label(), waits, ours, of, perSecond));
          writes.add(
              row(
                  contender.label() + ": the write",
                  figures(of, Changes.Outcome::writes),
                  ours,
                  of,
                  perSecond));
        }
      }
      rows.addAll(writes);
      page.text("%d changes a second:".formatted(perSecond)).table(header(), rows);
    }
    outcomes.forEach(
        (contender, byRate) -> {
          Growth growth = new Growth(contender.label(), "p50, ms");
          byRate.forEach(
              (rate, of) ->
                  growth.add(rate, figures(of, Changes.Outcome::waits).percentile(50) / 1e6));
          growths.add(growth);
        });
    return page.table(Growth.header("change a second"), Growth.rows(growths));
  }

  private static List<String> header() {
    List<String> header = new ArrayList<>(Ratios.HEADER);
    header.addAll(List.of("changes/s", "unseen"));
    return header;
  }

  private static List<String> row(
      String label, Figures figures, long ours, List<Changes.Outcome> of, int wanted) {
    List<String> row = new ArrayList<>(Ratios.row(label, figures, ours));
    double reached = of.stream().mapToDouble(Changes.Outcome::reached).average().orElse(0);
    row.add(
        String.format(Locale.ROOT, reached < ENOUGH * wanted ? "**only %.0f**" : "%.0f", reached));
    row.add(Integer.toString(of.stream().mapToInt(Changes.Outcome::unseen).sum()));
    return row;
  }

  private static Figures figures(
      List<Changes.Outcome> of, Function<Changes.Outcome, List<Long>> which) {
    return Figures.of(
        of.stream().flatMap(each -> which.apply(each).stream()).mapToLong(each -> each).toArray());
  }
}
