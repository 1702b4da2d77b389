package dev.leasehold.e2e.sidebyside;

import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.Clients;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where all contenders meet: an API server and a folder. Used by one thread. */
final class Stage implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Stage.class);

  /** What measurements leave in their namespaces; no controller is there to do it. */
  private static final List<String> LEFT =
      List.of(
          "/apis/coordination.k8s.io/v1/namespaces/%s/leases", "/api/v1/namespaces/%s/configmaps");

  private final ControlPlane plane;
  private final Path folder;
  private final Failures failures;
  private final KubernetesClient client;
  private final List<ContenderProcess> processes = new ArrayList<>();
  private final List<String> namespaces = new ArrayList<>();
  private int started;

  Stage(ControlPlane plane, Path folder, Failures failures) {
    this.plane = plane;
    this.folder = folder;
    this.failures = failures;
    this.client = Clients.of(plane.kubeconfig());
  }

  /** Where processes write what is not for the report. */
  Path folder() {
    return folder;
  }

  KubernetesClient client() {
    return client;
  }

  /** Does it; a failure is noted and is no reason not to measure the rest. */
  boolean attempt(Report.Chapter chapter, String what, Failures.Attempt attempt) {
    return failures.attempt(chapter, what, attempt);
  }

  /** A new namespace for one measurement. */
  String namespace() {
    String name = "side-" + UUID.randomUUID().toString().substring(0, 8);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    namespaces.add(name);
    return name;
  }

  /** Starts a contender's process; returns at once. */
  ContenderProcess start(Contender contender, Class<?> main, String namespace, String... more) {
    String name = "%s-%d".formatted(contender.kind(), ++started);
    List<String> arguments = new ArrayList<>(contender.arguments());
    arguments.addAll(
        List.of("kubeconfig=" + plane.kubeconfig(), "namespace=" + namespace, "identity=" + name));
    arguments.addAll(List.of(more));
    ContenderProcess process =
        ContenderProcess.start(name, folder, contender.before(), main, arguments);
    processes.add(process);
    return process;
  }

  /** Ends all processes, and removes what they and their measurement have left. */
  void clear() {
    processes.forEach(ContenderProcess::close);
    processes.clear();
    for (String namespace : namespaces) {
      for (String path : LEFT) {
        remove(path.formatted(namespace));
      }
    }
    namespaces.clear();
  }

  private void remove(String path) {
    try {
      String unused = client.raw(path, "DELETE", null);
    } catch (KubernetesClientException slow) {
      // What stays takes room in the API server, and is asked for by nobody.
      log.warn("{} has not been emptied: {}", path, slow.getMessage());
    }
  }

  /** Lets real time pass, which is what is measured here. */
  static void pause(Duration duration) {
    await().pollDelay(duration).atMost(duration.plusSeconds(30)).until(() -> true);
  }

  @Override
  public void close() {
    clear();
    client.close();
  }
}
