package dev.leasehold.simulation;

import java.util.*;
import java.util.stream.*;

final class Explore {
  public static void main(String[] args) {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("dev.leasehold"))
        .setLevel(
            args.length > 2
                ? ch.qos.logback.classic.Level.ERROR
                : ch.qos.logback.classic.Level.OFF);
    if (args.length > 2) {
      Report r = Simulation.random(first).runWithTimeline();
      System.out.println(r.setUp());
      r.timeline().forEach(System.out::println);
      System.out.println(r.violation());
      if (r.violation() != null && r.violation().getCause() != null)
        r.violation().getCause().printStackTrace(System.out);
      return;
    }
    long t = System.nanoTime();
    Coverage c = new Coverage();
    long[] events = new long[1];
    Map<String, List<Long>> bad = new TreeMap<>();
    LongStream.range(first, first + count)
        .parallel()
        .mapToObj(s -> Map.entry(s, Simulation.random(s).run()))
        .forEach(
            e -> {
              synchronized (c) {
                c.add(e.getValue().coverage());
                events[0] += e.getValue().events();
                if (e.getValue().violation() != null) {
                  String m = e.getValue().violation().getMessage().replaceAll("^[0-9.]+ s: ", "");
                  bad.computeIfAbsent(
                          m.substring(0, Math.min(28, m.length())), k -> new ArrayList<>())
                      .add(e.getKey());
                  if (bad.get(m.substring(0, Math.min(28, m.length()))).size() <= 4)
                    System.out.println(e.getKey() + " " + e.getValue().violation().getMessage());
                }
              }
            });
    System.out.println(c);
    System.out.printf(
        "%d schedules, %.1f s, %d events%n", count, (System.nanoTime() - t) / 1e9, events[0]);
    bad.forEach(
        (k, v) ->
            System.out.println(v.size() + "x " + k + " " + v.stream().sorted().limit(12).toList()));
  }
}
