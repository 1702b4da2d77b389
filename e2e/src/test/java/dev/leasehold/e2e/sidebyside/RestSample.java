package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.sidebyside.contender.Cost;
import java.util.Map;

/**
 * What some processes with so many locks took while nothing happened.
 *
 * @param contender whose
 * @param replicas how many processes
 * @param locks how many there were
 * @param led how many of them had a leader at the end
 * @param requests on Leases, a second, by verb
 * @param cpu processor time a second of each process, on average
 * @param serverCpu processor time a second of the API server
 * @param busy how much of all processors of the machine was used, from 0 to 1
 * @param cost what one process used
 */
record RestSample(
    Contender contender,
    int replicas,
    int locks,
    int led,
    Map<String, Double> requests,
    double cpu,
    double serverCpu,
    double busy,
    Cost cost) {

  /** What isn't led asks for less, or for more, than it would; no ratio holds then. */
  boolean allLed() {
    return led == locks;
  }

  double all() {
    return requests.values().stream().mapToDouble(each -> each).sum();
  }

  double writes() {
    return of("PUT") + of("POST") + of("PATCH") + of("DELETE");
  }

  double reads() {
    return of("GET") + of("LIST");
  }

  private double of(String verb) {
    return requests.getOrDefault(verb, 0.0);
  }
}
