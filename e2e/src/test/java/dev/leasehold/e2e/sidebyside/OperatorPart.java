package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.Figures;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long nobody works on an object when the replica goes that worked on it: from the request to
 * stop, or the kill, to the first reconcile of the same object by another replica.
 */
final class OperatorPart implements Part {

  private static final int OBJECTS = 64;
  private static final int ROUNDS = 2;
  private static final Duration CALM = Duration.ofSeconds(5);
  private static final Operators.Shape SHAPE = new Operators.Shape(1, 8, 4, 0);

  @Override
  public String name() {
    return "operator";
  }

  @Override
  public void measure(Stage stage) throws InterruptedException {
    stage.report().section("A replica of a whole operator goes");
    stage
        .report()
        .text(
            "Two replicas and %d objects. For each object that the replica looked after which goes, %d times: from the request to stop it, or its death, to the object's first reconcile elsewhere. Ours shares the objects by 8 buckets, so half of them are touched at all; the SDK's leader looks after all."
                .formatted(OBJECTS, ROUNDS));
    table(stage, "asked to stop, 15/10/2 s", Contender.USUAL, false);
    table(stage, "killed, 7/5/2 s, lease duration included", Contender.SHORT, true);
  }

  private static void table(Stage stage, String how, Timings timings, boolean kill)
      throws InterruptedException {
    List<Operators> all =
        List.of(
            new Operators(stage, new Contender("Leasehold", Contender.OURS, timings), SHAPE),
            new Operators(stage, new Contender("Java Operator SDK", "sdk", timings), SHAPE));
    Map<Operators, List<Long>> waits = new LinkedHashMap<>();
    for (Operators each : all) {
      each.create(OBJECTS);
      each.start().await("ready", "process", Long.MIN_VALUE);
    }
    all.forEach(Operators::start);
    for (int round = 0; round < ROUNDS; round++) {
      all.forEach(OperatorPart::settle);
      Stage.pause(CALM);
      Map<Operators, Departure> departures = new LinkedHashMap<>();
      for (Operators each : all) {
        departures.put(each, depart(each, kill));
      }
      departures.forEach(
          (each, departure) ->
              waits.computeIfAbsent(each, key -> new ArrayList<>()).addAll(departure.waits(each)));
      all.forEach(Operators::start);
    }
    List<List<String>> rows = new ArrayList<>();
    long ours = figures(waits.values().iterator().next()).percentile(50);
    waits.forEach(
        (each, took) ->
            rows.add(Ratios.row(each.contender().label() + ", " + how, figures(took), ours)));
    stage.report().table(Ratios.HEADER, rows);
    stage.clear();
  }

  private static Figures figures(List<Long> nanos) {
    return Figures.of(nanos.stream().mapToLong(each -> each).toArray());
  }

  /** Waits until all run and each that may lead does. */
  private static void settle(Operators operators) {
    for (ContenderProcess process : operators.running()) {
      process.await("ready", "process", Long.MIN_VALUE);
    }
    if (operators.contender().isOurs()) {
      Leading.awaitBalanced(operators);
    }
  }

  private static Departure depart(Operators operators, boolean kill) throws InterruptedException {
    ContenderProcess goes = operators.running().remove(0);
    if (kill) {
      return new Departure(goes, goes.kill());
    }
    long sent = System.nanoTime();
    goes.tell("stop");
    return new Departure(goes, goes.await("asked", "process", sent).nanos());
  }

  /**
   * One replica that goes.
   *
   * @param process which
   * @param nanos since when
   */
  private record Departure(ContenderProcess process, long nanos) {

    /** For each object of its: until its next reconcile elsewhere. */
    List<Long> waits(Operators left) {
      Set<String> objects = objects(left);
      List<Long> waits = new ArrayList<>();
      for (String object : objects) {
        ContenderProcess other = left.running().get(0);
        waits.add(other.await("run", object, nanos).nanos() - nanos);
      }
      return waits;
    }

    /** The objects that this one, and not the other, was the last to reconcile. */
    private Set<String> objects(Operators left) {
      Map<String, Long> elsewhere = lastRuns(left.running().get(0));
      return lastRuns(process).entrySet().stream()
          .filter(
              mine ->
                  Optional.ofNullable(elsewhere.get(mine.getKey())).orElse(Long.MIN_VALUE)
                      < mine.getValue())
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }

    private Map<String, Long> lastRuns(ContenderProcess of) {
      return of.said("run").stream()
          .filter(line -> line.nanos() < nanos)
          .collect(Collectors.toMap(Line::subject, Line::nanos, Math::max));
    }
  }
}
