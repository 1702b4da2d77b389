package dev.leasehold.controller;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * A resource type as the API server knows it, with or without a Java class of its own.
 *
 * @param javaClass what its resources are read into
 * @param group empty for the core group
 * @param namespaced whether its resources are in namespaces, rather than in the whole cluster
 */
record ResourceType<T extends HasMetadata>(
    Class<T> javaClass,
    String group,
    String version,
    String kind,
    String plural,
    boolean namespaced) {

  static <T extends HasMetadata> ResourceType<T> of(Class<T> javaClass) {
    return new ResourceType<>(
        javaClass,
        HasMetadata.getGroup(javaClass),
        HasMetadata.getVersion(javaClass),
        HasMetadata.getKind(javaClass),
        HasMetadata.getPlural(javaClass),
        Namespaced.class.isAssignableFrom(javaClass));
  }

  /** A type that has no Java class. */
  static ResourceType<GenericKubernetesResource> of(ResourceDefinitionContext context) {
    if (context.getVersion() == null || context.getKind() == null || context.getPlural() == null) {
      throw new IllegalArgumentException(
          "A type without a Java class needs a version, a kind and a plural; here they are %s, %s and %s."
              .formatted(context.getVersion(), context.getKind(), context.getPlural()));
    }
    return new ResourceType<>(
        GenericKubernetesResource.class,
        context.getGroup() == null ? "" : context.getGroup(),
        context.getVersion(),
        context.getKind(),
        context.getPlural(),
        context.isNamespaceScoped());
  }

  /**
   * Its resources.
   *
   * @param namespace one namespace; empty for all of them, and for a cluster-scoped type
   */
  @SuppressWarnings("unchecked") // The class says which of the two it is.
  FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> in(
      KubernetesClient client, String namespace) {
    MixedOperation<T, ? extends KubernetesResourceList<T>, Resource<T>> all =
        javaClass == GenericKubernetesResource.class
            ? (MixedOperation<T, ? extends KubernetesResourceList<T>, Resource<T>>)
                (MixedOperation<?, ?, ?>) client.genericKubernetesResources(context())
            : client.resources(javaClass);
    return namespace.isEmpty() ? all.inAnyNamespace() : all.inNamespace(namespace);
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The plural and the group, such as {@code deployments.apps}. */
  @Override
  public String toString() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  private ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(namespaced)
        .build();
  }
}
