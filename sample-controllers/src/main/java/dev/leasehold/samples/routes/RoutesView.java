package dev.leasehold.samples.routes;

import dev.leasehold.controller.Observer;
import dev.leasehold.controller.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables as this replica sees them, led or not.
 *
 * <p>Thread-safe; reads never block.
 */
public final class RoutesView implements Observer<RouteTable> {

  private final Map<ResourceKey, RouteTable> tables = new ConcurrentHashMap<>();

  @Override
  public void observe(ResourceKey key, Optional<RouteTable> table) {
    table.ifPresentOrElse(present -> tables.put(key, present), () -> tables.remove(key));
  }

  /** All routes, a line each: a host and its service. */
  public String text() {
    return Routes.of(tables.values()).text();
  }

  List<ResourceKey> keys() {
    return List.copyOf(tables.keySet());
  }

  /** All routes, with one table as it is known elsewhere. */
  Routes routesWith(RouteTable known) {
    List<RouteTable> all = new ArrayList<>(tables.values());
    all.removeIf(table -> ResourceKey.of(table).equals(ResourceKey.of(known)));
    all.add(known);
    return Routes.of(all);
  }
}
