package dev.leasehold.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;

/** Clients for tests, which see each failure as it is: nothing is tried again behind their back. */
public final class Clients {

  /** Long enough for a machine that is busy with other builds. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private Clients() {}

  /** For the cluster of a kubeconfig, as its present context. */
  public static KubernetesClient of(Path kubeconfig) {
    return of(kubeconfig, TIMEOUT);
  }

  /** The same with another limit for connecting and for an answer. */
  public static KubernetesClient of(Path kubeconfig, Duration timeout) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setConnectionTimeout((int) timeout.toMillis());
    config.setRequestTimeout((int) timeout.toMillis());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
