package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** By what a process of ours leads, as it has said. */
final class Leading {

  private static final Duration LOOK = Duration.ofMillis(250);

  /** For thousands of buckets on a machine that may be busy. */
  private static final Duration MOST = Duration.ofMinutes(3);

  private Leading() {}

  /**
   * Waits until all replicas lead, within one of each other, all buckets.
   *
   * @return when the last of them was led, on the monotonic clock
   */
  static long awaitBalanced(Operators operators) {
    Awaitility.await().pollInterval(LOOK).atMost(MOST).until(() -> isBalanced(operators));
    return operators.running().stream()
        .flatMap(each -> by(each).values().stream())
        .mapToLong(each -> each)
        .max()
        .orElseThrow();
  }

  private static boolean isBalanced(Operators operators) {
    int floor = operators.buckets() / operators.running().size();
    List<Integer> led = operators.running().stream().map(each -> by(each).size()).toList();
    return led.stream().mapToInt(each -> each).sum() == operators.buckets()
        && led.stream().allMatch(each -> each == floor || each == floor + 1);
  }

  /** Since when, by bucket. */
  static Map<String, Long> by(ContenderProcess process) {
    Map<String, Long> led = new LinkedHashMap<>();
    for (Line line : process.saidAll()) {
      if (line.event().equals("leading")) {
        led.put(line.subject(), line.nanos());
      } else if (line.event().equals("ceasing")) {
        led.remove(line.subject());
      }
    }
    return led;
  }
}
