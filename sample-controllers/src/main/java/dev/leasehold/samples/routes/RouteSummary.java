package dev.leasehold.samples.routes;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.Reconciler;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.Result;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/**
 * Writes the summary of each table into its status, on the one replica that leads it. All replicas
 * serve the same tables from their {@link RoutesView}.
 *
 * <p>Thread-safe.
 */
public final class RouteSummary implements Reconciler<RouteTable> {

  private static final Duration ANOTHER_LOOK = Duration.ofMinutes(1);

  private final RoutesView view;

  RouteSummary(RoutesView view) {
    this.view = view;
  }

  /**
   * The controller.
   *
   * @param namespace where the tables are
   * @param view what this replica serves
   * @param buckets 1 unless there is a reason
   * @param workers how many keys may run at once
   */
  public static Controller<RouteTable> controller(
      String namespace, RoutesView view, int buckets, int workers) {
    return Controller.of(RouteTable.class)
        .named("routes")
        .buckets(buckets)
        .workers(workers)
        .namespaces(namespace)
        .watches(
            RouteTable.class,
            // A host that one table takes or frees is news for all of them.
            changed -> view.keys())
        .observer(view)
        .resync(ANOTHER_LOOK)
        .reconciler(new RouteSummary(view));
  }

  @Override
  public Result reconcile(Request<RouteTable> request) {
    RouteTable table = request.resource().orElse(null);
    if (table == null || table.isMarkedForDeletion()) {
      return Result.done();
    }
    RouteTableStatus status = view.routesWith(table).statusOf(table, request.permit().identity());
    if (status.equals(table.getStatus())) {
      return Result.done();
    }
    try {
      request.writes().updateStatus(table.withStatus(status));
      return Result.done();
    } catch (KubernetesClientException refused) {
      return switch (refused.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> Result.retry();
        case HttpURLConnection.HTTP_NOT_FOUND -> Result.done();
        default -> throw refused;
      };
    }
  }
}
