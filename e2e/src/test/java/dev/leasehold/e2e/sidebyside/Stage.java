package dev.leasehold.e2e.sidebyside;

import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.Clients;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Where all contenders meet: an API server, a folder and a report. Used by one thread. */
final class Stage implements AutoCloseable {

  private final ControlPlane plane;
  private final Path folder;
  private final Report report;
  private final KubernetesClient client;
  private final List<ContenderProcess> processes = new ArrayList<>();
  private int started;

  Stage(ControlPlane plane, Path folder, Report report) {
    this.plane = plane;
    this.folder = folder;
    this.report = report;
    this.client = Clients.of(plane.kubeconfig());
  }

  Report report() {
    return report;
  }

  /** Where processes write what is not for the report. */
  Path folder() {
    return folder;
  }

  KubernetesClient client() {
    return client;
  }

  /** A new namespace for one measurement. */
  String namespace() {
    String name = "side-" + UUID.randomUUID().toString().substring(0, 8);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /** Starts a contender's process; returns at once. */
  ContenderProcess start(Contender contender, Class<?> main, String namespace, String... more) {
    String name = "%s-%d".formatted(contender.kind(), ++started);
    List<String> arguments = new ArrayList<>(contender.arguments());
    arguments.addAll(
        List.of("kubeconfig=" + plane.kubeconfig(), "namespace=" + namespace, "identity=" + name));
    arguments.addAll(List.of(more));
    ContenderProcess process = ContenderProcess.start(name, folder, main, arguments);
    processes.add(process);
    return process;
  }

  /** Ends all processes of a part. */
  void clear() {
    processes.forEach(ContenderProcess::close);
    processes.clear();
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
