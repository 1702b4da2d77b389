package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.LeaseRequests;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the API server has counted so far.
 *
 * @param requests on Leases
 * @param cpuSeconds processor time that it took
 * @param nanos when it was asked, on the monotonic clock
 */
record ServerCount(LeaseRequests requests, double cpuSeconds, long nanos) {

  private static final Pattern CPU = Pattern.compile("(?m)^process_cpu_seconds_total ([0-9.e+]+)$");

  static ServerCount now(KubernetesClient client) {
    long nanos = System.nanoTime();
    LeaseRequests requests = LeaseRequests.now(client);
    String metrics = client.raw("/metrics");
    Matcher cpu = CPU.matcher(metrics == null ? "" : metrics);
    return new ServerCount(requests, cpu.find() ? Double.parseDouble(cpu.group(1)) : 0, nanos);
  }
}
