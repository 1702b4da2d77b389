package dev.leasehold.samples.cli;

import dev.leasehold.samples.routes.RouteTableDefinition;
import dev.leasehold.samples.webpage.WebPageDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Installs and removes resource types. Each call blocks until the API server has followed, for half
 * a minute at most.
 *
 * <p>Thread-safe. What the API server refuses is thrown as {@link KubernetesClientException}.
 */
public final class ResourceTypes {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KubernetesClient client;

  /**
   * The types of one cluster.
   *
   * @param client the cluster; left open
   */
  public ResourceTypes(KubernetesClient client) {
    this.client = client;
  }

  /** The definitions of all the samples' types. */
  public static List<CustomResourceDefinition> ofSamples() {
    return List.of(WebPageDefinition.load(), RouteTableDefinition.load());
  }

  /**
   * Creates a definition or brings it up to date, and waits until its resources are served.
   *
   * @return whether anything had to be written
   * @throws CommandFailure if they aren't served in time
   */
  public boolean install(CustomResourceDefinition wanted) throws InterruptedException {
    Resource<CustomResourceDefinition> known = client.resource(wanted);
    CustomResourceDefinition existing = known.get();
    boolean same = existing != null && isLike(existing, wanted);
    if (existing == null) {
      known.create();
    } else if (!same) {
      client
          .resource(
              new CustomResourceDefinitionBuilder(existing).withSpec(wanted.getSpec()).build())
          .update();
    }
    await(
        () -> isServed(wanted),
        "%s was written, but the API server doesn't serve it after %d s: look at its conditions."
            .formatted(wanted.getMetadata().getName(), PATIENCE.toSeconds()));
    return !same;
  }

  /**
   * Removes a definition with all its resources, and waits until it is gone.
   *
   * @return whether there was one
   * @throws CommandFailure if it isn't gone in time
   */
  public boolean uninstall(CustomResourceDefinition unwanted) throws InterruptedException {
    Resource<CustomResourceDefinition> known = client.resource(unwanted);
    if (known.get() == null) {
      return false;
    }
    known.delete();
    await(
        () -> known.get() == null,
        "%s is being removed, but is still there after %d s: a finalizer may hold one of its resources."
            .formatted(unwanted.getMetadata().getName(), PATIENCE.toSeconds()));
    return true;
  }

  /**
   * The server adds defaults, so only what is wanted is compared, and only what can change here.
   */
  private static boolean isLike(
      CustomResourceDefinition existing, CustomResourceDefinition wanted) {
    return existing.getSpec().getVersions().equals(wanted.getSpec().getVersions());
  }

  /**
   * Whether a list is answered. That is what counts for the caller, and true on servers that tell
   * no conditions; where this account may not list, the condition has to do.
   */
  private boolean isServed(CustomResourceDefinition type) {
    ResourceDefinitionContext context =
        new ResourceDefinitionContext.Builder()
            .withGroup(type.getSpec().getGroup())
            .withVersion(type.getSpec().getVersions().get(0).getName())
            .withKind(type.getSpec().getNames().getKind())
            .withPlural(type.getSpec().getNames().getPlural())
            .withNamespaced(type.getSpec().getScope().equals("Namespaced"))
            .build();
    try {
      return client.genericKubernetesResources(context).inAnyNamespace().list() != null;
    } catch (KubernetesClientException refused) {
      return switch (refused.getCode()) {
        case HttpURLConnection.HTTP_NOT_FOUND -> false;
        case HttpURLConnection.HTTP_FORBIDDEN -> isEstablished(client.resource(type).get());
        default -> throw refused;
      };
    }
  }

  private static boolean isEstablished(@Nullable CustomResourceDefinition type) {
    List<CustomResourceDefinitionCondition> conditions =
        type == null || type.getStatus() == null ? List.of() : type.getStatus().getConditions();
    return conditions.stream()
        .anyMatch(one -> one.getType().equals("Established") && one.getStatus().equals("True"));
  }

  private static void await(BooleanSupplier done, String complaint) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (long left = PATIENCE.dividedBy(BETWEEN_LOOKS); !done.getAsBoolean(); left--) {
      if (left == 0) {
        throw new CommandFailure(complaint, null);
      }
      boolean unused = never.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
