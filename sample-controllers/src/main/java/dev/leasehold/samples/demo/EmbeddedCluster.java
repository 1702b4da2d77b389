package dev.leasehold.samples.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An API server within this process, on loopback and without TLS: it keeps any objects, checks
 * resource versions and serves watches. It has no discovery, so kubectl can't talk to it.
 */
final class EmbeddedCluster implements DemoCluster {

  private static final String NAMESPACE = "default";

  // Kept, since a logger that nobody holds forgets its level. It logs each request.
  private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver");

  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private final Path kubeconfig;

  private EmbeddedCluster(KubernetesMockServer server, Path kubeconfig) {
    this.server = server;
    this.client = Clients.of(kubeconfig);
    this.kubeconfig = kubeconfig;
  }

  /**
   * Starts the server.
   *
   * @param folder where its kubeconfig is written
   */
  static EmbeddedCluster start(Path folder) throws IOException {
    SERVER_LOG.setLevel(Level.WARNING);
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new EmbeddedDispatcher(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    String text =
        """
        {"apiVersion": "v1", "kind": "Config", "current-context": "demo",
         "clusters": [{"name": "demo", "cluster": {"server": "http://127.0.0.1:%d"}}],
         "users": [{"name": "demo", "user": {}}],
         "contexts": [{"name": "demo",
           "context": {"cluster": "demo", "user": "demo", "namespace": "%s"}}]}
        """
            .formatted(server.getPort(), NAMESPACE);
    return new EmbeddedCluster(server, Files.writeString(folder.resolve("kubeconfig"), text));
  }

  @Override
  public String words() {
    return "an API server within this process, http://127.0.0.1:" + server.getPort();
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public List<String> replicaOptions() {
    return List.of("--kubeconfig", kubeconfig.toString());
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
