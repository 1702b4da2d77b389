package dev.leasehold.claim;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often processes on each host have ended lately, as this replica has seen it. A container that
 * is restarted over and over keeps its pod's name, and so its host here.
 *
 * <p>Deterministic; reads no clock. Not thread-safe; confined to the election loop.
 */
final class Hosts {

  /** A host without an end for so long starts anew; Kubernetes' back-off does so, too. */
  static final Duration MEMORY = Duration.ofMinutes(10);

  /** How many times the usual patience is the most. */
  static final int MOST_PATIENCE = 30;

  /** Whoever may write Leases may make names up. */
  private static final int MOST_HOSTS = 1000;

  /** By name, the one that ended last behind the others. */
  private final Map<String, Ends> hosts = new LinkedHashMap<>();

  private record Ends(int count, long lastNanos) {}

  /** Notes that a process of that identity has ended. */
  void ended(String identity, long nanos) {
    Ends before = hosts.remove(host(identity));
    int count =
        before != null && nanos - before.lastNanos() < MEMORY.toNanos() ? before.count() : 0;
    hosts.put(host(identity), new Ends(count + 1, nanos));
    if (hosts.size() > MOST_HOSTS) {
      Iterator<String> eldest = hosts.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /**
   * How many times as long as usual a newcomer on the host of that identity must stay before others
   * give it what they lead: once after a first end, twice after a second, four times, and so on.
   */
  int patience(String identity, long nanos) {
    Ends ends = hosts.get(host(identity));
    if (ends == null || nanos - ends.lastNanos() >= MEMORY.toNanos()) {
      return 1;
    }
    return ends.count() > 5 ? MOST_PATIENCE : 1 << (ends.count() - 1);
  }

  /** Identities end with what is new at each start. */
  private static String host(String identity) {
    int end = identity.lastIndexOf('_');
    return end < 0 ? identity : identity.substring(0, end);
  }
}
