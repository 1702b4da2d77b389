package dev.leasehold.e2e.sidebyside;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Threads by name: those that a contender has, without what every JVM and every measured one has.
 */
final class Threads {

  private static final Set<String> EVERYBODYS =
      Set.of(
          "main",
          "Reference_Handler",
          "Finalizer",
          "Signal_Dispatcher",
          "Common-Cleaner",
          "Notification_Thread",
          "DestroyJavaVM",
          "Attach_Listener",
          "process_reaper",
          "contender-command");

  /** As a measured operator of ours names its workers, without numbers. */
  private static final String WORKERS = "leasehold-maps-N-N";

  private Threads() {}

  static Map<String, Integer> beyondTheMachine(Map<String, Integer> all) {
    Map<String, Integer> rest = new TreeMap<>(all);
    rest.keySet().removeAll(EVERYBODYS);
    return rest;
  }

  /** Without those that run reconciles, of which there are as many as were asked for. */
  static Map<String, Integer> beyondWorkers(Map<String, Integer> all) {
    Map<String, Integer> rest = new TreeMap<>(all);
    rest.keySet().remove(WORKERS);
    return rest;
  }

  static int sum(Map<String, Integer> threads) {
    return threads.values().stream().mapToInt(each -> each).sum();
  }
}
