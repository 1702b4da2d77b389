package dev.leasehold.e2e.peers.elector;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.concurrent.CompletableFuture;

/** fabric8's. The future of an elector ends with its leadership, so another follows it. */
final class Fabric8Electors implements Electors {

  private final Setting setting;
  private final boolean release;
  private final KubernetesClient client;

  /**
   * Electors that leave in one of two ways.
   *
   * @param release whether to let go of the Lease when stopped, which isn't the default
   */
  Fabric8Electors(Setting setting, boolean release) {
    this.setting = setting;
    this.release = release;
    this.client = setting.client();
  }

  @Override
  public Campaign join(String lock, String identity, Listener listener) {
    LeaderElectionConfig config =
        new LeaderElectionConfigBuilder()
            .withName(lock)
            .withLock(new LeaseLock(setting.namespace(), lock, identity))
            .withLeaseDuration(setting.timings().leaseDuration())
            .withRenewDeadline(setting.timings().renewDeadline())
            .withRetryPeriod(setting.timings().retryPeriod())
            .withReleaseOnCancel(release)
            .withLeaderCallbacks(
                new LeaderCallbacks(
                    () -> listener.leads(() -> true), listener::ceases, listener::knows))
            .build();
    Repeated campaign = new Repeated(config);
    campaign.start();
    return campaign;
  }

  /** One elector after the other. */
  private final class Repeated implements Campaign {

    private final LeaderElectionConfig config;
    private CompletableFuture<?> running = CompletableFuture.completedFuture(null);
    private boolean stopped;

    Repeated(LeaderElectionConfig config) {
      this.config = config;
    }

    void start() {
      CompletableFuture<?> started;
      synchronized (this) {
        if (stopped) {
          return;
        }
        started = client.leaderElector().withConfig(config).build().start();
        running = started;
      }
      var unused = started.whenComplete((nothing, failure) -> start());
    }

    @Override
    public void stop() {
      CompletableFuture<?> last;
      synchronized (this) {
        stopped = true;
        last = running;
      }
      // Not under the lock: it asks the API server, and may call back.
      boolean unused = last.cancel(true);
    }
  }
}
