package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What {@link RestPart} has seen, as a page. */
final class RestTables {

  private final Page page = new Page();
  private final List<RestSample> samples;
  private final List<RestSample> alone;

  private RestTables(List<RestSample> samples, List<RestSample> alone) {
    this.samples = List.copyOf(samples);
    this.alone = List.copyOf(alone);
  }

  /**
   * Shows it.
   *
   * @param samples of several replicas
   * @param alone of one replica, each contender's with many locks and with one
   * @param idle what others asked for before; it has been taken off
   */
  static Page page(List<RestSample> samples, List<RestSample> alone, RestWindow.Rates idle) {
    RestTables tables = new RestTables(samples, alone);
    tables.requests(idle);
    tables.costs();
    tables.one();
    tables.growth();
    return tables.page;
  }

  private void requests(RestWindow.Rates idle) {
    page.text(
        "Requests on Leases, by the API server's own `apiserver_request_total`, a second, with Leases of 15/10/2 s. Of electors one process leads by all locks before the others campaign for them. Others asked for %s a second before, which is taken off. Where not all are led, there is no ratio, and it is in no fit."
            .formatted(idle.requests().isEmpty() ? "nothing" : verbs(idle.requests())));
    List<List<String>> rows = new ArrayList<>();
    for (RestSample sample : samples) {
      rows.add(
          List.of(
              sample.contender().label(),
              Integer.toString(sample.replicas()),
              number("%,.0f", sample.locks()),
              sample.allLed() ? "all" : number("**not all led**: %,.0f", sample.led()),
              number("%,.1f", sample.writes()),
              number("%,.1f", sample.reads()),
              verbs(sample.requests()),
              inOurs(sample),
              number("%.1f %%", sample.serverCpu() * 100),
              number("%.0f %%", sample.busy() * 100)));
    }
    page.table(
        List.of(
            "contender",
            "replicas",
            "locks",
            "led",
            "writes/s",
            "reads/s",
            "by verb",
            "requests in ours",
            "API server, of a core",
            "whole machine busy"),
        rows);
  }

  private static String verbs(Map<String, Double> requests) {
    return requests.entrySet().stream()
        .map(each -> each.getKey() + " " + number("%,.1f", each.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Ours with the same locks and replicas, which comes first among equals. */
  private String inOurs(RestSample sample) {
    Optional<RestSample> ours =
        samples.stream()
            .filter(each -> each.contender().isOurs() && each.replicas() == sample.replicas())
            .filter(each -> each.locks() == sample.locks() && each.allLed())
            .findFirst();
    return ours.isEmpty() || !sample.allLed() ? "-" : Ratios.times(sample.all(), ours.get().all());
  }

  private void costs() {
    page.text(
        "What one replica takes: processor time is the mean of all, heap what one uses after a full collection, its program's and its caches' included; threads are live ones without the JVM's own.");
    List<List<String>> rows = new ArrayList<>();
    for (RestSample sample : samples) {
      Map<String, Integer> threads = Threads.beyondTheMachine(sample.cost().threads());
      rows.add(
          List.of(
              sample.contender().label(),
              Integer.toString(sample.replicas()),
              number("%,.0f", sample.locks()),
              number("%.2f %%", sample.cpu() * 100),
              number("%.1f MB", sample.cost().heapBytes() / 1e6),
              Integer.toString(Threads.sum(threads)),
              threads.toString()));
    }
    page.table(
        List.of("contender", "replicas", "locks", "of a core", "heap", "threads", "which"), rows);
  }

  private void one() {
    List<List<String>> rows = new ArrayList<>();
    for (RestSample many : alone) {
      Optional<RestSample> found =
          alone.stream()
              .filter(each -> each.contender().equals(many.contender()) && each.locks() == 1)
              .findFirst();
      if (many.locks() == 1 || found.isEmpty()) {
        continue;
      }
      RestSample one = found.get();
      Map<String, Integer> threads =
          Threads.beyondWorkers(Threads.beyondTheMachine(many.cost().threads()));
      rows.add(
          List.of(
              many.contender().label(),
              number("%,.0f", many.led()),
              number("%.2f %%", many.cpu() * 100),
              number("%.2f %%", one.cpu() * 100),
              number("%.1f MB", many.cost().heapBytes() / 1e6),
              number("%.1f MB", (many.cost().heapBytes() - one.cost().heapBytes()) / 1e6),
              Integer.toString(Threads.sum(threads)),
              threads.toString()));
    }
    if (!rows.isEmpty()) {
      page.text("One replica that leads all buckets, beside one with the same informers and one:");
    }
    page.table(
        List.of(
            "contender",
            "buckets",
            "of a core",
            "of a core with one",
            "heap",
            "heap beyond that with one",
            "threads beyond workers",
            "which"),
        rows);
    List<Growth> byBuckets = new ArrayList<>();
    List<RestSample> led = alone.stream().filter(RestSample::allLed).toList();
    for (String label : labels(led)) {
      List<RestSample> of = of(led, label);
      ToDoubleFunction<RestSample> buckets = RestSample::locks;
      byBuckets.add(growth(label, "% of a core", of, buckets, each -> each.cpu() * 100));
      byBuckets.add(growth(label, "heap bytes", of, buckets, each -> each.cost().heapBytes()));
    }
    page.table(Growth.header("bucket"), Growth.rows(byBuckets));
  }

  private void growth() {
    List<RestSample> led = samples.stream().filter(RestSample::allLed).toList();
    List<Growth> byLocks = new ArrayList<>();
    List<Growth> byReplicas = new ArrayList<>();
    for (String label : labels(led)) {
      List<RestSample> of = of(led, label);
      List<RestSample> usual =
          of.stream().filter(each -> each.replicas() == RestPart.REPLICAS).toList();
      ToDoubleFunction<RestSample> locks = RestSample::locks;
      byLocks.add(growth(label, "requests/s, all replicas", usual, locks, RestSample::all));
      byLocks.add(growth(label, "% of a core, a replica", usual, locks, s -> s.cpu() * 100));
      byLocks.add(growth(label, "heap bytes, a replica", usual, locks, s -> s.cost().heapBytes()));
      List<RestSample> others =
          of.stream().filter(each -> each.locks() == RestPart.LOCKS_OF_OTHERS).toList();
      byReplicas.add(
          growth(
              label,
              "requests/s with %d locks".formatted(RestPart.LOCKS_OF_OTHERS),
              others,
              RestSample::replicas,
              RestSample::all));
    }
    page.table(Growth.header("lock"), Growth.rows(byLocks));
    page.table(Growth.header("replica"), Growth.rows(byReplicas));
  }

  private static List<String> labels(List<RestSample> samples) {
    return samples.stream().map(each -> each.contender().label()).distinct().toList();
  }

  private static List<RestSample> of(List<RestSample> samples, String label) {
    return samples.stream().filter(each -> each.contender().label().equals(label)).toList();
  }

  private static Growth growth(
      String label,
      String measure,
      List<RestSample> samples,
      ToDoubleFunction<RestSample> size,
      ToDoubleFunction<RestSample> of) {
    Growth growth = new Growth(label, measure);
    samples.forEach(each -> growth.add(size.applyAsDouble(each), of.applyAsDouble(each)));
    return growth;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
