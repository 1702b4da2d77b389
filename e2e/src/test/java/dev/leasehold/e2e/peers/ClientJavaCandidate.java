package dev.leasehold.e2e.peers;

import io.fabric8.kubernetes.client.Config;
import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.openapi.ApiClient;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;

/** The official Java client's. Its run ends with its leadership, so another follows it. */
final class ClientJavaCandidate implements Candidate {

  private final LeaderElectionConfig election;
  private volatile boolean stopped;
  private volatile LeaderElector running;

  ClientJavaCandidate(Path kubeconfig, String lease, String identity) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    ApiClient client =
        new ApiClient()
            .setBasePath(config.getMasterUrl().replaceFirst("/$", ""))
            .setSslCaCert(
                new ByteArrayInputStream(Base64.getDecoder().decode(config.getCaCertData())))
            .addDefaultHeader("Authorization", "Bearer " + config.getAutoOAuthToken());
    this.election =
        new LeaderElectionConfig(
            new LeaseLock(NAMESPACE, lease, identity, client),
            TIMINGS.leaseDuration(),
            TIMINGS.renewDeadline(),
            TIMINGS.retryPeriod());
    this.running = new LeaderElector(election);
  }

  @Override
  public void campaign(Work work) {
    while (!stopped) {
      running.run(() -> work.begin(() -> true), work::end, work::knows);
      if (!stopped) {
        running.close();
        running = new LeaderElector(election);
      }
    }
  }

  @Override
  public void stop() {
    stopped = true;
    running.close();
  }
}
