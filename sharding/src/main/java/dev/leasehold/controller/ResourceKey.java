package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/**
 * What a controller works on: the name of a resource and where it is.
 *
 * @param namespace the namespace; empty for a resource of a cluster-scoped type
 * @param name the name within the namespace
 */
public record ResourceKey(String namespace, String name) {

  /** Refuses nulls. */
  public ResourceKey {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }

  /** The key of a resource that has a name. */
  public static ResourceKey of(HasMetadata resource) {
    String namespace = resource.getMetadata().getNamespace();
    return new ResourceKey(namespace == null ? "" : namespace, resource.getMetadata().getName());
  }

  /** {@code namespace/name}, or the name alone for a cluster-scoped resource. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
