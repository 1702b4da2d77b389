package dev.leasehold.e2e.peers.elector;

import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * The official Java client's. A run blocks its thread and ends with its leadership, and an elector
 * that was closed can't run again, so another follows it.
 */
final class ClientJavaElectors implements Electors {

  private final Setting setting;
  private final ApiClient client;

  ClientJavaElectors(Setting setting) throws IOException {
    this.setting = setting;
    try (Reader reader = Files.newBufferedReader(setting.kubeconfig())) {
      this.client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
    }
  }

  @Override
  public Campaign join(String lock, String identity, Listener listener) {
    LeaderElectionConfig config =
        new LeaderElectionConfig(
            new LeaseLock(setting.namespace(), lock, identity, client),
            setting.timings().leaseDuration(),
            setting.timings().renewDeadline(),
            setting.timings().retryPeriod());
    Repeated campaign = new Repeated(config, listener);
    Thread thread = new Thread(campaign, "contender-elector");
    thread.setDaemon(true);
    thread.start();
    return campaign;
  }

  /** One elector after the other. */
  private static final class Repeated implements Campaign, Runnable {

    private final LeaderElectionConfig config;
    private final Listener listener;
    private @Nullable LeaderElector running;
    private boolean stopped;

    Repeated(LeaderElectionConfig config, Listener listener) {
      this.config = config;
      this.listener = listener;
    }

    @Override
    public void run() {
      for (LeaderElector next = next(); next != null; next = next()) {
        next.run(() -> listener.leads(() -> true), listener::ceases, listener::knows);
        if (!isStopped()) {
          next.close();
        }
      }
    }

    private synchronized @Nullable LeaderElector next() {
      running = stopped ? null : new LeaderElector(config);
      return running;
    }

    private synchronized boolean isStopped() {
      return stopped;
    }

    @Override
    public void stop() {
      LeaderElector last;
      synchronized (this) {
        stopped = true;
        last = running;
      }
      // Not under the lock: it waits, and asks the API server.
      if (last != null) {
        last.close();
      }
    }
  }
}
