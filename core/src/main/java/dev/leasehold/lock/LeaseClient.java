package dev.leasehold.lock;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;

/**
 * Makes the Kubernetes client that elections have to themselves: a renewal that shares connections,
 * retries or rate limits with the controllers' requests starves when they do.
 *
 * <p>It reads locks as others may have left them: a time that makes no sense is none.
 */
public final class LeaseClient {

  private LeaseClient() {}

  /**
   * A client for the same cluster and user, with a short timeout and no retries. To be closed by
   * the caller.
   *
   * @param like whose cluster and credentials to use; left as it is
   * @param requestTimeout how long a request may take, the connection included
   */
  public static KubernetesClient like(KubernetesClient like, Duration requestTimeout) {
    int millis = Math.toIntExact(requestTimeout.toMillis());
    Config config =
        new ConfigBuilder(like.getConfiguration())
            .withRequestTimeout(millis)
            .withConnectionTimeout(millis)
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectLimit(0)
            // A dead HTTP/2 connection fails every request on it until the keep-alive notices;
            // over HTTP/1.1 a timed-out request takes its connection with it.
            .withHttp2Disable(true)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization())
        .build();
  }

  /**
   * How a client is to read that looks at Leases which anybody may have written: for {@link
   * KubernetesClientBuilder#withKubernetesSerialization}. Any other client fails on a list of
   * Leases one of which has a time that makes no sense. One for the whole process: what it has
   * found out of types is the most that a client keeps, and takes long to find out.
   */
  public static KubernetesSerialization serialization() {
    return LenientTimes.SERIALIZATION;
  }
}
