package dev.leasehold.samples.demo;

import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.cluster.ControlPlaneFinder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A real API server with an etcd, started on this machine for the demo alone. */
final class LocalCluster implements DemoCluster {

  private final ControlPlane plane;
  private final KubernetesClient client;

  private LocalCluster(ControlPlane plane) {
    this.plane = plane;
    this.client = Clients.of(plane.kubeconfig());
  }

  /**
   * Starts one, and builds its programs if there are none: a matter of minutes.
   *
   * @param say gets what takes time
   */
  static LocalCluster start(Consumer<String> say) {
    AtomicBoolean building = new AtomicBoolean();
    Consumer<String> progress =
        line -> {
          if (building.compareAndSet(false, true)) {
            say.accept(
                "There is no API server on this machine yet: building one from Debian's packages."
                    + " This takes about 3 minutes, once; later runs find it in the cache folder.");
          }
          say.accept("  " + line);
        };
    return new LocalCluster(ControlPlaneFinder.onThisMachine(System.getenv(), progress).find());
  }

  @Override
  public String words() {
    return "a kube-apiserver and an etcd on this machine, " + plane.address();
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String namespace() {
    return "default";
  }

  @Override
  public List<String> replicaOptions() {
    return List.of("--kubeconfig", plane.kubeconfig().toString());
  }

  @Override
  public void close() {
    client.close();
    plane.close();
  }
}
