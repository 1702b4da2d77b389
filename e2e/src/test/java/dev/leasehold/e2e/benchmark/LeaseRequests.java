package dev.leasehold.e2e.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests on Leases the API server says it has answered, by verb. Running watches are
 * counted when they end.
 *
 * @param byVerb since the server's start, or between two counts
 */
public record LeaseRequests(Map<String, Long> byVerb) {

  private static final Pattern LINE =
      Pattern.compile("apiserver_request_total\\{([^}]*)\\} ([0-9.e+]+)");
  private static final Pattern VERB = Pattern.compile("verb=\"([A-Z]+)\"");

  public static LeaseRequests now(KubernetesClient client) {
    Map<String, Long> byVerb = new TreeMap<>();
    String metrics = client.raw("/metrics");
    Matcher line = LINE.matcher(metrics == null ? "" : metrics);
    while (line.find()) {
      Matcher verb = VERB.matcher(line.group(1));
      if (line.group(1).contains("resource=\"leases\"") && verb.find()) {
        byVerb.merge(verb.group(1), (long) Double.parseDouble(line.group(2)), Long::sum);
      }
    }
    return new LeaseRequests(byVerb);
  }

  public LeaseRequests since(LeaseRequests before) {
    Map<String, Long> more = new TreeMap<>();
    byVerb.forEach(
        (verb, count) -> {
          long grown = count - before.byVerb.getOrDefault(verb, 0L);
          if (grown != 0) {
            more.put(verb, grown);
          }
        });
    return new LeaseRequests(more);
  }

  public long writes() {
    return of("PUT") + of("POST") + of("PATCH") + of("DELETE");
  }

  public long reads() {
    return of("GET") + of("LIST");
  }

  private long of(String verb) {
    return byVerb.getOrDefault(verb, 0L);
  }
}
