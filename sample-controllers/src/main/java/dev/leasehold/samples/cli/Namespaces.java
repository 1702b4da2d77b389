package dev.leasehold.samples.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out which namespace is one's own. */
final class Namespaces {

  /** Set from the pod's own metadata by the Deployment. */
  private static final String POD_NAMESPACE = "POD_NAMESPACE";

  private Namespaces() {}

  /** The named one; else the pod's, else that of the client's context, else {@code default}. */
  static String own(
      @Nullable String named, Map<String, String> environment, KubernetesClient client) {
    if (named != null) {
      return named;
    }
    String pods = environment.getOrDefault(POD_NAMESPACE, "");
    if (!pods.isBlank()) {
      return pods;
    }
    String contexts = client.getNamespace();
    return contexts == null ? "default" : contexts;
  }
}
