package dev.leasehold.samples.routes;

import dev.leasehold.samples.webpage.WebPage;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which host names lead to which services.
 *
 * <p>Mutable, as resources are, and not thread-safe; one that comes from a cache is never changed.
 */
@Group(WebPage.GROUP)
@Version("v1")
@ShortNames("rt")
public final class RouteTable extends CustomResource<RouteTableSpec, RouteTableStatus>
    implements Namespaced {

  @Serial private static final long serialVersionUID = 1;

  /** A table without a name, as deserialization needs it. */
  public RouteTable() {}

  /**
   * A table to be created.
   *
   * @param namespace where
   * @param name its name, unique there
   * @param routes what leads where
   */
  public static RouteTable of(String namespace, String name, List<Route> routes) {
    RouteTable table = new RouteTable();
    table.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    table.setSpec(new RouteTableSpec(routes));
    return table;
  }

  /** A copy with another status, to be written; this table stays as it is. */
  RouteTable withStatus(RouteTableStatus status) {
    RouteTable copy = new RouteTable();
    copy.setMetadata(new ObjectMetaBuilder(getMetadata()).build());
    copy.setSpec(getSpec());
    copy.setStatus(status);
    return copy;
  }

  /** Its routes; none if it has no spec. */
  List<Route> routes() {
    RouteTableSpec spec = getSpec();
    return spec == null ? List.of() : spec.routes();
  }

  @Override
  @SuppressWarnings("NullAway") // fabric8 knows no annotations; no spec is what a new table has.
  protected @Nullable RouteTableSpec initSpec() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // As above.
  protected @Nullable RouteTableStatus initStatus() {
    return null;
  }
}
