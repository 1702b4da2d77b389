package dev.leasehold.samples.routes;

import dev.leasehold.controller.ResourceKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables as this replica sees them, led or not.
 *
 * <p>Thread-safe; reads never block.
 */
public final class RoutesView implements AutoCloseable {

  private final SharedIndexInformer<RouteTable> informer;

  private RoutesView(SharedIndexInformer<RouteTable> informer) {
    this.informer = informer;
  }

  /**
   * Begins to follow the tables of a namespace; returns at once. It tries for ever, so the type may
   * be installed later.
   *
   * @param client the cluster; left open, and to be closed after this
   * @param namespace where the tables are
   */
  public static RoutesView follow(KubernetesClient client, String namespace) {
    SharedIndexInformer<RouteTable> informer =
        client.resources(RouteTable.class).inNamespace(namespace).runnableInformer(0);
    informer.exceptionHandler((started, cause) -> true);
    var unused = informer.start();
    return new RoutesView(informer);
  }

  /** All routes, a line each: a host and its service. */
  public String text() {
    return Routes.of(tables()).text();
  }

  List<RouteTable> tables() {
    return informer.getStore().list();
  }

  /** All routes, with one table as it is known elsewhere. */
  Routes routesWith(RouteTable known) {
    List<RouteTable> tables = new ArrayList<>(tables());
    tables.removeIf(table -> ResourceKey.of(table).equals(ResourceKey.of(known)));
    tables.add(known);
    return Routes.of(tables);
  }

  @Override
  public void close() {
    informer.stop();
  }
}
