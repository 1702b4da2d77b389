package dev.leasehold.samples.routes;

import dev.leasehold.samples.webpage.Definition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;

/** The definition of {@link RouteTable} for the API server. */
public final class RouteTableDefinition {

  private RouteTableDefinition() {}

  /** A new copy of the definition. */
  public static CustomResourceDefinition load() {
    return Definition.load("routetables.yaml");
  }
}
