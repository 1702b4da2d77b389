package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** By what processes lead now, as they have said. */
final class Leading {

  private static final Duration LOOK = Duration.ofMillis(250);

  /** For thousands of locks on a machine that may be busy; the same for every contender. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private Leading() {}

  /**
   * Waits until all replicas of ours lead, within one of each other, all buckets; of others, until
   * one leads.
   *
   * @return when the last of them was led, on the monotonic clock
   */
  static long awaitBalanced(Operators operators) {
    Awaitility.await(operators.contender().label() + " is balanced")
        .pollInterval(LOOK)
        .atMost(PATIENCE)
        .until(
            () -> {
              operators.running().forEach(ContenderProcess::check);
              List<Set<String>> led =
                  operators.running().stream().map(each -> by(each).keySet()).toList();
              return operators.contender().isOurs()
                  ? isBalanced(operators.buckets(), led)
                  : led.stream().anyMatch(each -> !each.isEmpty());
            });
    return operators.running().stream()
        .flatMap(each -> by(each).values().stream())
        .mapToLong(each -> each)
        .max()
        .orElseThrow();
  }

  /** Whether each of so many locks is led once, and each replica leads as many, within one. */
  static boolean isBalanced(int locks, Collection<Set<String>> byReplica) {
    int floor = locks / byReplica.size();
    int sum = byReplica.stream().mapToInt(Set::size).sum();
    return sum == locks
        && union(byReplica).size() == locks
        && byReplica.stream().allMatch(each -> each.size() == floor || each.size() == floor + 1);
  }

  /** What any of these processes leads. */
  static Set<String> any(List<ContenderProcess> processes) {
    return union(processes.stream().map(each -> by(each).keySet()).toList());
  }

  private static Set<String> union(Collection<Set<String>> all) {
    Set<String> union = new HashSet<>();
    all.forEach(union::addAll);
    return union;
  }

  /** What it leads, and since when. */
  private static Map<String, Long> by(ContenderProcess process) {
    return by(process.saidAll());
  }

  /** What somebody who said that leads, and since when. */
  static Map<String, Long> by(List<Line> lines) {
    Map<String, Long> led = new LinkedHashMap<>();
    for (Line line : lines) {
      if (line.event().equals("leading")) {
        led.put(line.subject(), line.nanos());
      } else if (line.event().equals("ceasing")) {
        led.remove(line.subject());
      }
    }
    return led;
  }
}
