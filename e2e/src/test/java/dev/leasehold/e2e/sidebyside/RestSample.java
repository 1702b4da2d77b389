package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.sidebyside.contender.Cost;
import java.util.Map;

/**
 * What three processes with so many locks took while nothing happened.
 *
 * @param contender whose
 * @param locks how many there were
 * @param led how many of them had a leader
 * @param startSeconds from the start to the last of these
 * @param requests on Leases, a second, by verb
 * @param writes of these, all that write
 * @param reads of these, all that read
 * @param cpu processor time a second of each process, on average
 * @param serverCpu processor time a second of the API server
 * @param cost what one process used
 */
record RestSample(
    Contender contender,
    int locks,
    int led,
    double startSeconds,
    Map<String, Double> requests,
    double writes,
    double reads,
    double cpu,
    double serverCpu,
    Cost cost) {

  double all() {
    return requests.values().stream().mapToDouble(each -> each).sum();
  }
}
