package dev.leasehold.samples.demo;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.samples.cli.CommandFailure;
import dev.leasehold.samples.cli.ResourceTypes;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageDefinition;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's own cluster. What the demo makes there it removes again: pages, ConfigMaps and Leases,
 * the resource type if it was not there before, and the namespace if the demo made it.
 */
final class NamedCluster implements DemoCluster {

  private static final Logger log = LoggerFactory.getLogger(NamedCluster.class);

  private final KubernetesClient client;
  private final List<String> replicaOptions;
  private final String namespace;
  private final boolean ownNamespace;

  // What was made so far; only that is removed. Written before others can see this.
  private boolean namespaceMade;
  private boolean typeMade;
  private boolean prepared;

  private NamedCluster(
      KubernetesClient client,
      List<String> replicaOptions,
      String namespace,
      boolean ownNamespace) {
    this.client = client;
    this.replicaOptions = replicaOptions;
    this.namespace = namespace;
    this.ownNamespace = ownNamespace;
  }

  /**
   * Makes a place for the demo.
   *
   * @param client closed with this
   * @param replicaOptions by which replicas find the same cluster
   * @param namespace one that exists and has nothing of the kind in it; null for a new one
   * @param run a few letters and digits that no other demo has
   * @throws CommandFailure if something is in the namespace that the demo would mix with
   */
  static NamedCluster prepare(
      KubernetesClient client, List<String> replicaOptions, @Nullable String namespace, String run)
      throws InterruptedException {
    String name = namespace == null ? "leasehold-demo-" + run : namespace;
    NamedCluster cluster = new NamedCluster(client, replicaOptions, name, namespace == null);
    try {
      cluster.prepare();
      return cluster;
    } catch (RuntimeException | InterruptedException failure) {
      cluster.close();
      throw failure;
    }
  }

  private void prepare() throws InterruptedException {
    if (ownNamespace) {
      client.resource(namespaceObject()).create();
      namespaceMade = true;
    } else if (client.namespaces().withName(namespace).get() == null) {
      throw new CommandFailure(
          "There is no namespace %s: create it, or leave out --namespace.".formatted(namespace),
          null);
    }
    boolean known = client.resource(WebPageDefinition.load()).get() != null;
    if (!known) {
      typeMade = true;
      new ResourceTypes(client).install(WebPageDefinition.load());
    }
    boolean pages =
        !client.resources(WebPage.class).inNamespace(namespace).list().getItems().isEmpty();
    boolean leases =
        !client
            .leases()
            .inNamespace(namespace)
            .withLabelSelector(LeaseMetadata.selector(Story.COMPONENT))
            .list()
            .getItems()
            .isEmpty();
    if (pages || leases) {
      throw new CommandFailure(
          "Namespace %s has %s already, which the demo would mix with: name another namespace."
              .formatted(namespace, pages ? "WebPages" : "Leases of another demo"),
          null);
    }
    prepared = true;
  }

  @Override
  public String words() {
    return "your cluster %s, namespace %s".formatted(client.getMasterUrl(), namespace);
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public List<String> replicaOptions() {
    return replicaOptions;
  }

  @Override
  public void close() {
    try (client) {
      if (prepared) {
        attempt("pages", this::removePages);
        attempt("Leases", this::removeLeases);
      }
      if (typeMade) {
        attempt("resource type", () -> client.resource(WebPageDefinition.load()).delete());
      }
      if (namespaceMade) {
        attempt("namespace", () -> client.resource(namespaceObject()).delete());
      }
    }
  }

  private void removePages() {
    client.resources(WebPage.class).inNamespace(namespace).withLabel(Pages.LABEL).delete();
    // A cluster's garbage collector does the same, if there is one.
    client.configMaps().inNamespace(namespace).list().getItems().stream()
        .filter(map -> View.ownerOf(map).filter(Pages::isName).isPresent())
        .forEach(map -> client.resource(map).delete());
  }

  private void removeLeases() {
    client
        .leases()
        .inNamespace(namespace)
        .withLabelSelector(LeaseMetadata.selector(Story.COMPONENT))
        .delete();
  }

  private Namespace namespaceObject() {
    return new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build();
  }

  private static void attempt(String what, Runnable removal) {
    try {
      removal.run();
    } catch (RuntimeException failure) {
      log.warn("The demo's {} could not be removed from the cluster.", what, failure);
    }
  }
}
