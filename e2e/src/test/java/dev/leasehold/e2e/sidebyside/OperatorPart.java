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

  /** Of three rounds, each with more objects. */
  private static final List<Integer> GROWING = List.of(16, 64, 256);

  private static final List<Integer> ONCE = List.of(64);
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
            new Course("asked to stop, 15/10/2 s", Contender.USUAL, GROWING, false),
            new Course(
                "killed, 7/5/2 s, beyond the lease duration", Contender.SHORT, GROWING, true),
            new Course(
                "killed, 15/10/2 s, beyond the lease duration", Contender.USUAL, ONCE, true));
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
                "Two replicas, and more objects from round to round. For each object that the replica looked after which goes: from the request to stop it to the object's first reconcile elsewhere, or, if it was killed, from the end of the lease duration after its last renewal as another process's watch showed it. Ours shares the objects by 8 buckets, so half of them are touched at all; the SDK's leader looks after all.");
    courses.forEach(course -> page.table(Ratios.HEADER, course.rows()));
    return page.table(
        Growth.header("object"),
        Growth.rows(courses.stream().flatMap(course -> course.growths().stream()).toList()));
  }

  /** Rounds of departures of one kind, all contenders at once. */
  private static final class Course {

    private final String how;
    private final Timings timings;
    private final List<Integer> sizes;
    private final boolean kill;
    private final Map<Contender, Map<Integer, List<Long>>> waits = new LinkedHashMap<>();

    /** A round for each of the sizes, which grow. */
    Course(String how, Timings timings, List<Integer> sizes, boolean kill) {
      this.how = how;
      this.timings = timings;
      this.sizes = sizes;
      this.kill = kill;
    }

    void run(Stage stage, Report.Chapter chapter, Runnable show) throws InterruptedException {
      Map<Operators, LeaseSightings> all = new LinkedHashMap<>();
      for (Contender contender : Contender.operators(timings)) {
        Operators operators = new Operators(stage, contender, SHAPE);
        all.put(operators, new LeaseSightings(stage.client(), operators.namespace()));
        operators.create(sizes.get(0));
        operators.start();
        Leading.awaitBalanced(operators);
      }
      all.keySet().forEach(Operators::start);
      for (int objects : sizes) {
        all.keySet().forEach(Leading::awaitBalanced);
        all.keySet().forEach(each -> each.running().forEach(ContenderProcess::awaitReady));
        all.keySet().forEach(each -> each.create(objects));
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
                                objects,
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

    private void took(int objects, Operators left, Departure departure, LeaseSightings leases) {
      long since =
          kill
              ? left.lastRenewal(leases, departure.name()) + timings.leaseDuration().toNanos()
              : departure.nanos();
      List<Long> ofRound =
          departure.nextRuns(left.running().get(0)).stream().map(nanos -> nanos - since).toList();
      if (ofRound.isEmpty()) {
        throw new AssertionError(
            "%s had worked on none of %d objects.".formatted(departure.name(), objects));
      }
      waits.computeIfAbsent(left.contender(), key -> new LinkedHashMap<>()).put(objects, ofRound);
    }

    List<List<String>> rows() {
      List<List<String>> rows = new ArrayList<>();
      for (int objects : sizes) {
        long ours =
            waits.keySet().stream()
                .filter(Contender::isOurs)
                .findFirst()
                .map(first -> figures(first, objects).percentile(50))
                .orElse(0L);
        waits.forEach(
            (contender, bySize) -> {
              if (bySize.containsKey(objects)) {
                String label = "%s, %s, %d objects".formatted(contender.label(), how, objects);
                rows.add(Ratios.row(label, figures(contender, objects), ours));
              }
            });
      }
      return rows;
    }

    /** Of those that have several sizes. */
    List<Growth> growths() {
      List<Growth> growths = new ArrayList<>();
      if (sizes.size() > 1) {
        waits.forEach(
            (contender, bySize) -> {
              Growth median = new Growth(contender.label(), how + ": p50, ms");
              Growth most = new Growth(contender.label(), how + ": the last one, ms");
              for (int objects : bySize.keySet()) {
                median.add(objects, figures(contender, objects).percentile(50) / 1e6);
                most.add(objects, figures(contender, objects).most() / 1e6);
              }
              growths.addAll(List.of(median, most));
            });
      }
      return growths;
    }

    private Figures figures(Contender contender, int objects) {
      return figures(waits.getOrDefault(contender, Map.of()).getOrDefault(objects, List.of()));
    }

    private static Figures figures(List<Long> nanos) {
      return Figures.of(nanos.stream().mapToLong(each -> each).toArray());
    }
  }
}
