package dev.leasehold.e2e.sidebyside.contender;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process takes.
 *
 * @param cpuNanos time on processors since its start; read before the rest, which takes some
 * @param heapBytes in use after a full garbage collection
 * @param threads live ones, by name without digits
 */
public record Cost(long cpuNanos, long heapBytes, Map<String, Integer> threads) {

  private static final int COLLECTIONS = 2;

  /** Of this process; collects its garbage. */
  static Cost now() {
    long cpu = cpuNanosNow();
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long[] ids = ManagementFactory.getThreadMXBean().getAllThreadIds();
    ThreadInfo[] infos = ManagementFactory.getThreadMXBean().getThreadInfo(ids);
    Map<String, Integer> threads = new TreeMap<>();
    Stream.of(infos)
        .filter(Objects::nonNull)
        .map(info -> kind(info.getThreadName()))
        .forEach(kind -> threads.merge(kind, 1, Integer::sum));
    return new Cost(cpu, heap.getUsed(), threads);
  }

  /** The first part alone, without a collection, so that it may be asked twice around a window. */
  static long cpuNanosNow() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static String kind(String name) {
    return name.replaceAll("[0-9a-f]{8,}|[0-9]+", "N").replaceAll("[ =,]", "_");
  }

  /** How a process says it, for {@link #parse}. */
  String line() {
    String names =
        threads.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(","));
    return cpuNanos + " " + heapBytes + " " + names;
  }

  /** Reads what a process has said. */
  public static Cost parse(String line) {
    String[] words = line.split(" ", 3);
    Map<String, Integer> threads = new TreeMap<>();
    for (String each : words[2].split(",", -1)) {
      int equals = each.lastIndexOf('=');
      threads.put(each.substring(0, equals), Integer.parseInt(each.substring(equals + 1)));
    }
    return new Cost(Long.parseLong(words[0]), Long.parseLong(words[1]), threads);
  }
}
