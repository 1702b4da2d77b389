package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is counted while nothing happens. */
final class RestWindow {

  /**
   * What happened a second.
   *
   * @param requests on Leases, by verb
   * @param serverCpu processor time of the API server
   * @param cpu processor time of each process, on average
   * @param busy how much of all processors was used
   */
  record Rates(Map<String, Double> requests, double serverCpu, double cpu, double busy) {

    /** Without what others ask for all the time, on a cluster that has others. */
    Map<String, Double> requestsWithout(Rates idle) {
      Map<String, Double> rest = new TreeMap<>(requests);
      idle.requests.forEach(
          (verb, rate) ->
              rest.computeIfPresent(verb, (key, all) -> all > rate ? all - rate : null));
      return rest;
    }
  }

  private RestWindow() {}

  /** Watches for so long. */
  static Rates watch(Stage stage, List<ContenderProcess> processes, Duration window) {
    ServerCount before = ServerCount.now(stage.client());
    long cpuBefore = cpu(processes);
    double unused = Machine.busySinceLastAsked();
    Stage.pause(window);
    double busy = Machine.busySinceLastAsked();
    long cpu = cpu(processes) - cpuBefore;
    ServerCount after = ServerCount.now(stage.client());
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    Map<String, Double> requests = new TreeMap<>();
    after
        .requests()
        .since(before.requests())
        .byVerb()
        .forEach((verb, count) -> requests.put(verb, count / seconds));
    return new Rates(
        requests,
        (after.cpuSeconds() - before.cpuSeconds()) / seconds,
        cpu / 1e9 / seconds / Math.max(1, processes.size()),
        busy);
  }

  private static long cpu(List<ContenderProcess> processes) {
    return processes.stream().mapToLong(ContenderProcess::cpuNanos).sum();
  }
}
