package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.Figures;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long nobody works on an object when the replica goes that worked on it, until the first
 * reconcile of the same object by another replica: from the request to stop, or from the end of the
 * lease duration after the last renewal of a replica that was killed.
 */
final class OperatorPart implements Part {

  private static final int OBJECTS = 64;
  private static final Duration CALM = Duration.ofSeconds(5);
  private static final Operators.Shape SHAPE = new Operators.Shape(1, 8, 4, 0);

  @Override
  public String name() {
    return "operator";
  }

  @Override
  public String title() {
    return "A replica of a whole operator goes";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) {
    List<Course> courses =
        List.of(
            new Course("asked to stop, 15/10/2 s", Contender.USUAL, 2, false),
            new Course("killed, 7/5/2 s, beyond the lease duration", Contender.SHORT, 3, true),
            new Course("killed, 15/10/2 s, beyond the lease duration", Contender.USUAL, 1, true));
    for (Course course : courses) {
      boolean unused =
          stage.attempt(
              chapter,
              course.how,
              () -> course.run(stage, chapter, () -> chapter.show(page(courses))));
      stage.clear();
    }
  }

  private static Page page(List<Course> courses) {
    Page page =
        new Page()
            .text(
                "Two replicas and %d objects. For each object that the replica looked after which goes: from the request to stop it to the object's first reconcile elsewhere, or, if it was killed, from the end of the lease duration after its last renewal as another process's watch showed it. Ours shares the objects by 8 buckets, so half of them are touched at all; the SDK's leader looks after all."
                    .formatted(OBJECTS));
    courses.forEach(course -> page.table(Ratios.HEADER, course.rows()));
    return page;
  }

  /** Rounds of departures of one kind, all contenders at once. */
  private static final class Course {

    private final String how;
    private final Timings timings;
    private final int rounds;
    private final boolean kill;
    private final Map<Contender, List<Long>> waits = new LinkedHashMap<>();

    Course(String how, Timings timings, int rounds, boolean kill) {
      this.how = how;
      this.timings = timings;
      this.rounds = rounds;
      this.kill = kill;
    }

    void run(Stage stage, Report.Chapter chapter, Runnable show) throws InterruptedException {
      Map<Operators, LeaseSightings> all = new LinkedHashMap<>();
      for (Contender contender : Contender.operators(timings)) {
        Operators operators = new Operators(stage, contender, SHAPE);
        all.put(operators, new LeaseSightings(stage.client(), operators.namespace()));
        operators.create(OBJECTS);
        operators.start();
        Leading.awaitBalanced(operators);
      }
      all.keySet().forEach(Operators::start);
      for (int round = 0; round < rounds; round++) {
        all.keySet().forEach(Leading::awaitBalanced);
        all.keySet().forEach(each -> each.running().forEach(ContenderProcess::awaitReady));
        Stage.pause(CALM);
        Map<Operators, Departure> departures = new LinkedHashMap<>();
        for (Operators each : all.keySet()) {
          departures.put(each, depart(each));
        }
        all.entrySet()
            .removeIf(
                each ->
                    !stage.attempt(
                        chapter,
                        each.getKey().contender().label() + ", " + how,
                        () ->
                            took(
                                each.getKey(),
                                Objects.requireNonNull(departures.get(each.getKey())),
                                each.getValue())));
        show.run();
        all.keySet().forEach(Operators::start);
      }
      all.values().forEach(LeaseSightings::close);
    }

    private Departure depart(Operators operators) throws InterruptedException {
      ContenderProcess goes = operators.running().remove(0);
      if (kill) {
        long dead = goes.kill();
        return new Departure(goes.name(), goes.said("run"), dead);
      }
      long sent = System.nanoTime();
      goes.tell("stop");
      long asked = goes.await("asked", "process", sent).nanos();
      return new Departure(goes.name(), goes.said("run"), asked);
    }

    private void took(Operators left, Departure departure, LeaseSightings leases) {
      long since =
          kill
              ? left.lastRenewal(leases, departure.name()) + timings.leaseDuration().toNanos()
              : departure.nanos();
      List<Long> ofContender = waits.computeIfAbsent(left.contender(), key -> new ArrayList<>());
      departure.nextRuns(left.running().get(0)).forEach(nanos -> ofContender.add(nanos - since));
    }

    List<List<String>> rows() {
      long ours =
          waits.keySet().stream()
              .filter(Contender::isOurs)
              .findFirst()
              .map(first -> figures(waits.getOrDefault(first, List.of())).percentile(50))
              .orElse(0L);
      return waits.entrySet().stream()
          .map(
              each ->
                  Ratios.row(each.getKey().label() + ", " + how, figures(each.getValue()), ours))
          .toList();
    }

    private static Figures figures(List<Long> nanos) {
      return Figures.of(nanos.stream().mapToLong(each -> each).toArray());
    }
  }
}
