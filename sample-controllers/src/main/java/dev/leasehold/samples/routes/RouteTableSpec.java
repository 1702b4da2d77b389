package dev.leasehold.samples.routes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What leads where.
 *
 * @param routes in order: of two for one host the first counts
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RouteTableSpec(List<Route> routes) {

  /** Takes missing routes for none. */
  public RouteTableSpec(@Nullable List<Route> routes) {
    this.routes = routes == null ? List.of() : List.copyOf(routes);
  }
}
