package dev.leasehold.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both kinds of lock against a mock API server, under the same tests. */
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class StoreAndFeedTest {

  private static final String NS = "ns";
  private static final String NAME = "lead";
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  @SuppressWarnings("NullAway.Init")
  KubernetesClient client;

  /** The two kinds. */
  enum Kind {
    LEASE {
      @Override
      LockStore store(KubernetesClient client) {
        return new LeaseStore(client, NS, Runnable::run);
      }

      @Override
      LockFeed feed(KubernetesClient client) {
        return new LeaseFeed(client, NS, new ListOptions(), Duration.ofMillis(100));
      }

      @Override
      HasMetadata get(KubernetesClient client) {
        return client.leases().inNamespace(NS).withName(NAME).get();
      }
    },
    CONFIG_MAP {
      @Override
      LockStore store(KubernetesClient client) {
        return new ConfigMapStore(client, NS, Runnable::run);
      }

      @Override
      LockFeed feed(KubernetesClient client) {
        return new ConfigMapFeed(client, NS, new ListOptions(), Duration.ofMillis(100));
      }

      @Override
      HasMetadata get(KubernetesClient client) {
        return client.configMaps().inNamespace(NS).withName(NAME).get();
      }
    };

    abstract LockStore store(KubernetesClient client);

    abstract LockFeed feed(KubernetesClient client);

    abstract HasMetadata get(KubernetesClient client);
  }

  private static LockRecord record(String holder) {
    return new LockRecord(holder, 15, THEN, THEN, 2, Map.of("l", "v"), Map.of("a", "w"));
  }

  private static Outcome outcome(CompletionStage<Outcome> stage) {
    return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static Version written(CompletionStage<Outcome> stage) {
    Outcome outcome = outcome(stage);
    if (outcome instanceof Outcome.Written written) {
      return written.version();
    }
    throw new AssertionError(outcome);
  }

  private List<LockEvent> watch(LockFeed feed) {
    List<LockEvent> events = new CopyOnWriteArrayList<>();
    feed.start(events::add);
    return events;
  }

  private static LockSnapshot last(List<LockEvent> events) {
    LockEvent last = events.get(events.size() - 1);
    if (last instanceof LockEvent.Changed changed) {
      return changed.lock();
    }
    if (last instanceof LockEvent.Listed listed) {
      return listed.locks().get(0);
    }
    throw new AssertionError(last);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsSeen(Kind kind) {
    try (LockFeed feed = kind.feed(client)) {
      List<LockEvent> events = watch(feed);
      await().until(() -> events.equals(List.of(new LockEvent.Listed(List.of()))));
      Version version = written(kind.store(client).create(NAME, record("me")));
      await().until(() -> events.size() == 2);
      assertThat(last(events).record()).isEqualTo(record("me"));
      assertThat(last(events).version()).isEqualTo(version);
      assertThat(outcome(kind.store(client).delete(NAME, version)))
          .isInstanceOf(Outcome.Written.class);
      await().until(() -> events.get(events.size() - 1) instanceof LockEvent.Deleted);
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondCreateConflicts(Kind kind) {
    Version unused = written(kind.store(client).create(NAME, record("me")));
    assertThat(outcome(kind.store(client).create(NAME, record("you"))))
        .isEqualTo(new Outcome.Conflict());
  }

  @ParameterizedTest
  @EnumSource
  void aReplacementOfAnOldVersionConflicts(Kind kind) {
    LockStore store = kind.store(client);
    Version first = written(store.create(NAME, record("a")));
    Version second = written(store.replace(NAME, first, record("b")));
    assertThat(second.isAfter(first)).isTrue();
    assertThat(outcome(store.replace(NAME, first, record("c")))).isEqualTo(new Outcome.Conflict());
  }

  @ParameterizedTest
  @EnumSource
  void aReplacementOfALockThatIsGoneConflicts(Kind kind) {
    assertThat(outcome(kind.store(client).replace(NAME, new Version("u", 3), record("a"))))
        .isEqualTo(new Outcome.Conflict());
  }

  @ParameterizedTest
  @EnumSource
  void whatTheObjectCarriesBesideTheRecordIsKept(Kind kind) throws Exception {
    if (kind == Kind.LEASE) {
      Lease lease =
          new LeaseBuilder()
              .withNewMetadata()
              .withName(NAME)
              .withNamespace(NS)
              .addToFinalizers("example.com/keep")
              .addNewOwnerReference()
              .withApiVersion("v1")
              .withKind("Pod")
              .withName("p")
              .withUid("u")
              .endOwnerReference()
              .endMetadata()
              .withNewSpec()
              .withHolderIdentity("x")
              .withPreferredHolder("y")
              .withStrategy("OldestEmulationVersion")
              .endSpec()
              .build();
      client.resource(lease).create();
    } else {
      ConfigMap map =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName(NAME)
              .withNamespace(NS)
              .addToFinalizers("example.com/keep")
              .addToAnnotations(ConfigMapFormat.RECORD, "{\"holderIdentity\":\"x\",\"later\":7}")
              .endMetadata()
              .addToData("colour", "blue")
              .build();
      client.resource(map).create();
    }
    try (LockFeed feed = kind.feed(client)) {
      List<LockEvent> events = watch(feed);
      await().until(() -> !events.isEmpty());
      LockSnapshot seen = last(events);
      assertThat(seen.record().holder()).isEqualTo("x");
      Version unused = written(kind.store(client).replace(seen, record("me")));
      isKept(kind.get(client));
    }
  }

  private static void isKept(HasMetadata now) {
    assertThat(now.getMetadata().getFinalizers()).containsExactly("example.com/keep");
    if (now instanceof Lease lease) {
      assertThat(lease.getMetadata().getOwnerReferences()).hasSize(1);
      assertThat(lease.getSpec().getPreferredHolder()).isEqualTo("y");
      assertThat(lease.getSpec().getStrategy()).isEqualTo("OldestEmulationVersion");
      assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("me");
    } else if (now instanceof ConfigMap map) {
      assertThat(map.getData()).containsEntry("colour", "blue");
      assertThat(map.getMetadata().getAnnotations().get(ConfigMapFormat.RECORD))
          .isEqualTo(
              "{\"holderIdentity\":\"me\",\"leaseDurationSeconds\":15,"
                  + "\"acquireTime\":\"2026-01-02T03:04:05Z\","
                  + "\"renewTime\":\"2026-01-02T03:04:05Z\",\"leaderTransitions\":2,\"later\":7}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedObjectReadsAsARecordThatSaysNothing(Kind kind) throws Exception {
    if (kind == Kind.LEASE) {
      client
          .resource(
              new LeaseBuilder()
                  .withNewMetadata()
                  .withName(NAME)
                  .withNamespace(NS)
                  .endMetadata()
                  .build())
          .create();
    } else {
      client
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName(NAME)
                  .withNamespace(NS)
                  .addToAnnotations(ConfigMapFormat.RECORD, "{not json")
                  .endMetadata()
                  .build())
          .create();
    }
    try (LockFeed feed = kind.feed(client)) {
      List<LockEvent> events = watch(feed);
      await().until(() -> !events.isEmpty());
      LockRecord seen = last(events).record();
      assertThat(seen.isHeld()).isFalse();
      assertThat(seen.hasSaneDuration()).isFalse();
      assertThat(seen.renewed()).isNull();
    }
  }
}
