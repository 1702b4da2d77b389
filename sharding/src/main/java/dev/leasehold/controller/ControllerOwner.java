package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.function.Function;

/**
 * Maps a resource to the key of the owner that controls it, if that owner is of a given type.
 *
 * <p>Kind and group have to match, the version not: it says how an object was written, not what it
 * is. Pure and thread-safe.
 */
final class ControllerOwner implements Function<HasMetadata, List<ResourceKey>> {

  private final ResourceType<?> type;

  ControllerOwner(ResourceType<?> ownerType) {
    this.type = ownerType;
  }

  @Override
  public List<ResourceKey> apply(HasMetadata owned) {
    List<OwnerReference> owners = owned.getMetadata().getOwnerReferences();
    if (owners == null) {
      return List.of();
    }
    for (OwnerReference owner : owners) {
      if (Boolean.TRUE.equals(owner.getController())
          && type.kind().equals(owner.getKind())
          && type.group().equals(groupOf(owner.getApiVersion()))) {
        String namespace = type.namespaced() ? owned.getMetadata().getNamespace() : "";
        return List.of(new ResourceKey(namespace, owner.getName()));
      }
    }
    return List.of();
  }

  private static String groupOf(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
