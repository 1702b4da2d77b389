package dev.leasehold.e2e.elector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.e2e.cluster.Clients;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.election.TermView;
import dev.leasehold.election.Timings;
import dev.leasehold.elector.LeaderElector;
import dev.leasehold.elector.Lock;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain elector on both kinds of locks. */
@ExtendWith(ControlPlaneExtension.class)
class ElectorIT {

  private static final String NAMESPACE = "default";
  private static final Timings TIMINGS =
      new Timings(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofMillis(500));

  private final KubernetesClient client;
  private final BlockingQueue<TermView> terms = new LinkedBlockingQueue<>();

  ElectorIT(ControlPlane plane) {
    this.client = Clients.of(plane.kubeconfig());
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void epochsGrowOverDeletionAndChangeOfHands(Lock.Kind kind) throws InterruptedException {
    Lock lock = new Lock(kind, NAMESPACE, "elector");
    delete(lock);
    List<TermView> seen = new ArrayList<>();
    try (LeaderElector second = elector(lock, "second")) {
      try (LeaderElector first = elector(lock, "first")) {
        first.start();
        seen.add(next());
        second.start();
        await().until(() -> second.leader().equals("first"));

        delete(lock);
        TermView again = next();
        assertThat(seen.get(0).isValid()).as("the term under the deleted lock").isFalse();
        assertThat(again.identity()).as("the holder itself recreates its lock").isEqualTo("first");
        seen.add(again);
      }
      seen.add(next());
      assertThat(second.isLeading()).isTrue();
    }

    assertThat(seen).extracting(TermView::identity).containsExactly("first", "first", "second");
    assertThat(seen)
        .extracting(TermView::epoch)
        .isSortedAccordingTo(Long::compareUnsigned)
        .doesNotHaveDuplicates();
    delete(lock);
  }

  private LeaderElector elector(Lock lock, String identity) {
    return LeaderElector.of(lock)
        .client(client)
        .identity(identity)
        .timings(TIMINGS)
        .onStart(terms::add)
        .build();
  }

  private TermView next() throws InterruptedException {
    TermView term = terms.poll(60, TimeUnit.SECONDS);
    assertThat(term).as("a term within a minute").isNotNull();
    return term;
  }

  private void delete(Lock lock) {
    if (lock.kind() == Lock.Kind.LEASE) {
      client.leases().inNamespace(NAMESPACE).withName(lock.name()).delete();
    } else {
      client.configMaps().inNamespace(NAMESPACE).withName(lock.name()).delete();
    }
  }
}
