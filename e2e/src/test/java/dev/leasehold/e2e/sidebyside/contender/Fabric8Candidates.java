package dev.leasehold.e2e.sidebyside.contender;

import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The fabric8 client's electors, all by one client, as its documentation has it. */
final class Fabric8Candidates implements Candidates {

  private final Arguments arguments;
  private final Voice voice;
  private final boolean release;
  private final KubernetesClient client;
  private final Map<String, CompletableFuture<?>> runs = new ConcurrentHashMap<>();

  Fabric8Candidates(Arguments arguments, Voice voice, boolean release) {
    this.arguments = arguments;
    this.voice = voice;
    this.release = release;
    this.client = arguments.client();
  }

  @Override
  public void join(String lock) {
    Timings timings = arguments.timings();
    LeaderElectionConfig config =
        new LeaderElectionConfigBuilder()
            .withName(lock)
            .withLock(
                new LeaseLock(arguments.text("namespace"), lock, UUID.randomUUID().toString()))
            .withLeaseDuration(timings.leaseDuration())
            .withRenewDeadline(timings.renewDeadline())
            .withRetryPeriod(timings.retryPeriod())
            .withReleaseOnCancel(release)
            .withLeaderCallbacks(
                new LeaderCallbacks(() -> voice.say("leading", lock), () -> {}, leader -> {}))
            .build();
    runs.put(lock, client.leaderElector().withConfig(config).build().start());
  }

  @Override
  public void stop(String lock) {
    CompletableFuture<?> run = runs.remove(lock);
    if (run != null) {
      run.cancel(true);
    }
  }
}
