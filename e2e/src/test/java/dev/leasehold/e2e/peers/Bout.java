package dev.leasehold.e2e.peers;

import dev.leasehold.e2e.peers.Clash.Span;
import dev.leasehold.e2e.replica.Launch;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two processes of one library, one lock, one trouble.
 *
 * @param library whose elector
 * @param trouble what happens
 */
record Bout(Library library, Trouble trouble) {

  private static final Duration UNIT = Duration.ofMillis(20);

  /**
   * Runs it.
   *
   * @param client may do everything
   * @param kubeconfig for the contestants
   * @param folder for their files
   * @param ahead launches a process whose clock is ahead
   */
  Clash run(KubernetesClient client, Path kubeconfig, Path folder, Launch ahead) throws Exception {
    String lease =
        "%s-%s"
            .formatted(
                library.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                UUID.randomUUID().toString().substring(0, 8));
    Rival.Rules rules =
        new Rival.Rules(
            library,
            kubeconfig,
            lease,
            folder,
            trouble == Trouble.LEAVING ? Trouble.LONG_UNIT : UNIT,
            trouble == Trouble.CALLBACK_BLOCKED ? Trouble.CALLBACK : Duration.ZERO);
    try (Rival leader =
        Rival.start(rules, "first", trouble == Trouble.LEADING_AHEAD ? ahead : Launch.PLAIN)) {
      leader.awaitWork();
      long from = System.nanoTime();
      try (Rival other =
          Rival.start(rules, "second", trouble == Trouble.WAITING_AHEAD ? ahead : Launch.PLAIN)) {
        other.awaitKnowledge();
        long known = System.nanoTime();
        if (!trouble.beginsWithTheSecond()) {
          from = known;
        }
        happen(client, lease, leader);
        rest(Duration.ofNanos(known + trouble.watched().toNanos() - System.nanoTime()));
        // Before the traces are read, so that what goes on reaches the end of the window.
        Span window = new Span(from, System.nanoTime());
        return Clash.of(leader.spans(), other.spans(), window);
      }
    } finally {
      client.leases().inNamespace(Contestant.NAMESPACE).withName(lease).delete();
    }
  }

  private void happen(KubernetesClient client, String lease, Rival leader) throws Exception {
    switch (trouble) {
      case WAITING_AHEAD, CALLBACK_BLOCKED -> {}
      case LEADING_AHEAD -> leader.kill();
      case PAUSED -> {
        leader.pause();
        rest(Trouble.PAUSE);
        leader.resume();
      }
      case DELETED -> client.leases().inNamespace(Contestant.NAMESPACE).withName(lease).delete();
      case LEAVING -> leader.terminate();
    }
  }

  private static void rest(Duration time) throws InterruptedException {
    boolean unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
