package dev.leasehold.e2e.sidebyside;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@link RestPart} has seen, as tables. */
final class RestTables {

  private final List<RestSample> samples;

  RestTables(List<RestSample> samples) {
    this.samples = List.copyOf(samples);
  }

  void add(Report report) {
    requests(report);
    costs(report);
  }

  private void requests(Report report) {
    report.section("Requests at rest");
    report.text(
        "On Leases, by the API server's own `apiserver_request_total`, a second; %d processes of each contender with 15/10/2 s, all of which campaign for all locks. `led` is how many locks had a leader %d s after the start."
            .formatted(RestPart.REPLICAS, RestPart.MOST_START.toSeconds()));
    List<List<String>> rows = new ArrayList<>();
    for (RestSample sample : samples) {
      rows.add(
          List.of(
              sample.contender().label(),
              "%,d".formatted(sample.locks()),
              "%,d".formatted(sample.led()),
              number("%,.1f", sample.writes()),
              number("%,.1f", sample.reads()),
              sample.requests().entrySet().stream()
                  .map(each -> each.getKey() + " " + number("%,.1f", each.getValue()))
                  .collect(Collectors.joining(", ")),
              Ratios.times(sample.all(), oursAt(sample.locks()).all()),
              number("%.1f %%", sample.serverCpu() * 100)));
    }
    report.table(
        List.of(
            "contender",
            "locks",
            "led",
            "writes/s",
            "reads/s",
            "by verb",
            "requests in ours",
            "API server, of a core"),
        rows);
  }

  private RestSample oursAt(int locks) {
    return samples.stream()
        .filter(each -> each.contender().isOurs() && each.locks() == locks)
        .findFirst()
        .orElseThrow();
  }

  private void costs(Report report) {
    report.section("What one replica takes at rest");
    report.text(
        "Processor time is the mean of the %d processes, heap what one uses after a full collection, its program's and its caches' included; threads are live ones without the JVM's own."
            .formatted(RestPart.REPLICAS));
    List<List<String>> rows = new ArrayList<>();
    for (RestSample sample : samples) {
      Map<String, Integer> threads = Threads.beyondTheMachine(sample.cost().threads());
      rows.add(
          List.of(
              sample.contender().label(),
              "%,d".formatted(sample.locks()),
              number("%.2f %%", sample.cpu() * 100),
              number("%.1f MB", sample.cost().heapBytes() / 1e6),
              Integer.toString(threads.values().stream().mapToInt(each -> each).sum()),
              threads.toString()));
    }
    report.table(List.of("contender", "locks", "of a core", "heap", "threads", "which"), rows);
    growth(report);
  }

  private void growth(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (String kind : List.of(Contender.OURS, "fabric8", "client-java")) {
      List<RestSample> of =
          samples.stream().filter(each -> each.contender().kind().equals(kind)).toList();
      if (of.size() < 2) {
        return;
      }
      double[] locks = of.stream().mapToDouble(RestSample::locks).toArray();
      Fit requests = Fit.of(locks, of.stream().mapToDouble(RestSample::all).toArray());
      Fit cpu = Fit.of(locks, of.stream().mapToDouble(each -> each.cpu() * 100).toArray());
      Fit heap = Fit.of(locks, of.stream().mapToDouble(each -> each.cost().heapBytes()).toArray());
      rows.add(
          List.of(
              of.get(0).contender().label(),
              number("%.4f", requests.slope()),
              number("%.5f %%", cpu.slope()),
              number("%,.0f bytes", heap.slope())));
    }
    report.text("Fitted by least squares over the sizes above, for each further lock:");
    report.table(
        List.of(
            "contender", "requests/s, all processes", "of a core, a process", "heap, a process"),
        rows);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
