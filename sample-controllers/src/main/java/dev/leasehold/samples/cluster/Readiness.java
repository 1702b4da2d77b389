package dev.leasehold.samples.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Asks servers whether they are ready; each question waits for at most 2 seconds. */
final class Readiness {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private Readiness() {}

  /** A client that neither waits long nor tries again. */
  static KubernetesClient impatientClient(Path kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setConnectionTimeout((int) PATIENCE.toMillis());
    config.setRequestTimeout((int) PATIENCE.toMillis());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Whether an API server, with its etcd, is ready. */
  static boolean ofApiServer(KubernetesClient client) {
    try {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /** Whether an etcd can answer linearizable reads. */
  static boolean ofEtcd(URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/health")).timeout(PATIENCE).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
