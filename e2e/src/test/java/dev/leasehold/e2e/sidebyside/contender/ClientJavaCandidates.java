package dev.leasehold.e2e.sidebyside.contender;

import dev.leasehold.election.Timings;
import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import io.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The official Java client's electors, all by one client; each holds a thread while it runs. */
final class ClientJavaCandidates implements Candidates {

  private final Arguments arguments;
  private final Voice voice;
  private final ApiClient client;
  private final Map<String, LeaderElector> electors = new ConcurrentHashMap<>();

  ClientJavaCandidates(Arguments arguments, Voice voice) throws IOException {
    this.arguments = arguments;
    this.voice = voice;
    try (Reader reader = Files.newBufferedReader(arguments.kubeconfig())) {
      this.client = ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
    }
  }

  @Override
  public void join(String lock) {
    Timings timings = arguments.timings();
    LeaderElector elector =
        new LeaderElector(
            new LeaderElectionConfig(
                new LeaseLock(
                    arguments.text("namespace"), lock, UUID.randomUUID().toString(), client),
                timings.leaseDuration(),
                timings.renewDeadline(),
                timings.retryPeriod()));
    electors.put(lock, elector);
    Thread thread =
        new Thread(
            () -> elector.run(() -> voice.say("leading", lock), () -> {}), "contender-elector");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop(String lock) {
    LeaderElector elector = electors.remove(lock);
    if (elector != null) {
      elector.close();
    }
  }
}
