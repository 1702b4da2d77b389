package dev.leasehold.e2e.peers;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** fabric8's. Its future ends with its leadership, so it is started again; cancelling releases. */
final class Fabric8Candidate implements Candidate {

  private final Path kubeconfig;
  private final String lease;
  private final String identity;
  private volatile boolean stopped;
  private volatile CompletableFuture<?> running = CompletableFuture.completedFuture(null);

  Fabric8Candidate(Path kubeconfig, String lease, String identity) {
    this.kubeconfig = kubeconfig;
    this.lease = lease;
    this.identity = identity;
  }

  @Override
  public void campaign(Work work) throws InterruptedException {
    LeaderElectionConfig election =
        new LeaderElectionConfigBuilder()
            .withName(lease)
            .withLock(new LeaseLock(NAMESPACE, lease, identity))
            .withLeaseDuration(TIMINGS.leaseDuration())
            .withRenewDeadline(TIMINGS.renewDeadline())
            .withRetryPeriod(TIMINGS.retryPeriod())
            .withReleaseOnCancel(true)
            .withLeaderCallbacks(
                new LeaderCallbacks(() -> work.begin(() -> true), work::end, work::knows))
            .build();
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      while (!stopped) {
        running = client.leaderElector().withConfig(election).build().start();
        try {
          running.get();
        } catch (ExecutionException | CancellationException over) {
          work.end();
        }
      }
    }
  }

  @Override
  public void stop() {
    stopped = true;
    boolean unused = running.cancel(true);
  }
}
