package dev.leasehold.e2e.peers.elector;

import dev.leasehold.elector.LeaderElector;
import dev.leasehold.elector.Lock;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Ours. They campaign again by themselves, and a term says whether it still stands. */
final class LeaseholdElectors implements Electors {

  private final Setting setting;
  private final KubernetesClient client;

  LeaseholdElectors(Setting setting) {
    this.setting = setting;
    this.client = setting.client();
  }

  @Override
  public Campaign join(String lock, String identity, Listener listener) {
    LeaderElector elector =
        LeaderElector.of(Lock.lease(setting.namespace(), lock))
            .client(client)
            .identity(identity)
            .timings(setting.timings())
            .onStart(term -> listener.leads(term::isValid))
            .onStop(listener::ceases)
            .onNewLeader(listener::knows)
            .build();
    elector.start();
    return elector::close;
  }
}
