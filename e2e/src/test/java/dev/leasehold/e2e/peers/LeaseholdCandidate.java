package dev.leasehold.e2e.peers;

import dev.leasehold.elector.LeaderElector;
import dev.leasehold.elector.Lock;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Ours. It campaigns again by itself, and its term says whether it still stands. */
final class LeaseholdCandidate implements Candidate {

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Path kubeconfig;
  private final String lease;
  private final String identity;
  private volatile Runnable close = () -> {};

  LeaseholdCandidate(Path kubeconfig, String lease, String identity) {
    this.kubeconfig = kubeconfig;
    this.lease = lease;
    this.identity = identity;
  }

  @Override
  public void campaign(Work work) throws InterruptedException {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        LeaderElector elector =
            LeaderElector.of(Lock.lease(NAMESPACE, lease))
                .client(client)
                .identity(identity)
                .timings(TIMINGS)
                .onStart(term -> work.begin(term::isValid))
                .onStop(work::end)
                .onNewLeader(work::knows)
                .build()) {
      close = elector::close;
      elector.start();
      stopped.await();
    }
  }

  @Override
  public void stop() {
    close.run();
    stopped.countDown();
  }
}
