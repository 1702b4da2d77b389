package dev.leasehold.e2e.sidebyside.contender;

import dev.leasehold.elector.LeaderElector;
import dev.leasehold.elector.Lock;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Plain electors of ours. */
final class LeaseholdCandidates implements Candidates {

  private final Arguments arguments;
  private final Voice voice;
  private final KubernetesClient client;
  private final Map<String, LeaderElector> electors = new ConcurrentHashMap<>();

  LeaseholdCandidates(Arguments arguments, Voice voice) {
    this.arguments = arguments;
    this.voice = voice;
    this.client = arguments.client();
  }

  @Override
  public void join(String lock) {
    LeaderElector elector =
        LeaderElector.of(Lock.lease(arguments.text("namespace"), lock))
            .client(client)
            .timings(arguments.timings())
            .onStart(term -> voice.say("leading", lock))
            .build();
    electors.put(lock, elector);
    elector.start();
  }

  @Override
  public void stop(String lock) {
    LeaderElector elector = electors.remove(lock);
    if (elector != null) {
      elector.close();
    }
  }
}
