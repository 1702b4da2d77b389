package dev.leasehold.samples.routes;

import dev.leasehold.controller.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All tables as one: of two routes for one host the first counts, in the order of the tables'
 * namespaces and names. Immutable.
 */
final class Routes {

  private final SortedMap<String, Origin> byHost;
  private final SortedMap<String, List<String>> ignored;

  /** A route, and the table that it is from. */
  private record Origin(String table, String service) {}

  private Routes(SortedMap<String, Origin> byHost, SortedMap<String, List<String>> ignored) {
    this.byHost = byHost;
    this.ignored = ignored;
  }

  /** The routes of some tables, in any order. */
  static Routes of(Iterable<RouteTable> tables) {
    SortedMap<String, RouteTable> ordered = new TreeMap<>();
    tables.forEach(table -> ordered.put(ResourceKey.of(table).toString(), table));
    SortedMap<String, Origin> byHost = new TreeMap<>();
    SortedMap<String, List<String>> ignored = new TreeMap<>();
    ordered.forEach(
        (name, table) -> {
          for (Route route : table.routes()) {
            if (byHost.putIfAbsent(route.host(), new Origin(name, route.service())) != null) {
              ignored.computeIfAbsent(name, none -> new ArrayList<>()).add(route.host());
            }
          }
        });
    return new Routes(byHost, ignored);
  }

  /** A line for each host: the host and its service. */
  String text() {
    return byHost.entrySet().stream()
        .map(route -> route.getKey() + " " + route.getValue().service() + "\n")
        .collect(Collectors.joining());
  }

  /** What is to be told of a table. */
  RouteTableStatus statusOf(RouteTable table, String writer) {
    String name = ResourceKey.of(table).toString();
    long hosts = byHost.values().stream().map(Origin::table).filter(name::equals).count();
    return new RouteTableStatus(
        table.getMetadata().getGeneration(),
        (int) hosts,
        ignored.getOrDefault(name, List.of()),
        writer);
  }
}
