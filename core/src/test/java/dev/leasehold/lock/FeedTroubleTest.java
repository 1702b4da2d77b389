package dev.leasehold.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed against an API server that fails, line by line; and the store's outcomes. */
@EnableKubernetesMockClient
@Timeout(60)
class FeedTroubleTest {

  private static final String PATH = "/apis/coordination.k8s.io/v1/namespaces/ns/leases";

  @SuppressWarnings("NullAway.Init")
  KubernetesClient client;

  @SuppressWarnings("NullAway.Init")
  KubernetesMockServer server;

  private static Lease lease(long version) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withName("lead")
        .withNamespace("ns")
        .withUid("u")
        .withResourceVersion("" + version)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity("h" + version)
        .endSpec()
        .build();
  }

  private static LeaseList list(long version) {
    return new LeaseListBuilder()
        .withMetadata(new ListMetaBuilder().withResourceVersion("" + version).build())
        .withItems(lease(version))
        .build();
  }

  private static String watchFrom(long version) {
    return PATH + "?allowWatchBookmarks=true&resourceVersion=" + version + "&watch=true";
  }

  private List<String> seen(LockFeed feed) {
    List<String> seen = new CopyOnWriteArrayList<>();
    feed.start(
        event -> {
          if (event instanceof LockEvent.Listed listed) {
            seen.add("list " + listed.locks().get(0).version());
          } else if (event instanceof LockEvent.Changed changed) {
            seen.add("change " + changed.lock().version());
          }
        });
    return seen;
  }

  private LeaseFeed feed() {
    return new LeaseFeed(
        LeaseClient.like(client, Duration.ofSeconds(5)),
        "ns",
        new ListOptions(),
        Duration.ofMillis(50));
  }

  @Test
  void aFirstListThatFailsIsTriedAgain() {
    server.expect().get().withPath(PATH).andReturn(500, "").times(2);
    server.expect().get().withPath(PATH).andReturn(200, list(5)).always();
    try (LeaseFeed feed = feed()) {
      List<String> seen = seen(feed);
      await().until(() -> seen.contains("list 5"));
    }
  }

  @Test
  void aWatchThatTheServerEndsGoesOnFromTheLastVersionWithoutAList() {
    server.expect().get().withPath(PATH).andReturn(200, list(5)).once();
    server
        .expect()
        .get()
        .withPath(watchFrom(5))
        .andUpgradeToWebSocket()
        .open(new WatchEvent(lease(6), "MODIFIED"))
        .done()
        .once();
    server
        .expect()
        .get()
        .withPath(watchFrom(6))
        .andUpgradeToWebSocket()
        .open(new WatchEvent(lease(7), "MODIFIED"))
        .done()
        .always();
    try (LeaseFeed feed = feed()) {
      List<String> seen = seen(feed);
      await().until(() -> seen.contains("change 7"));
      assertThat(seen).startsWith("list 5", "change 6", "change 7");
      assertThat(seen).filteredOn(line -> line.startsWith("list")).hasSize(1);
    }
  }

  @Test
  void anExpiredVersionIsListedAnew() {
    server.expect().get().withPath(PATH).andReturn(200, list(5)).once();
    server.expect().get().withPath(PATH).andReturn(200, list(9)).always();
    server
        .expect()
        .get()
        .withPath(watchFrom(5))
        .andUpgradeToWebSocket()
        .open(
            new WatchEvent(
                new StatusBuilder().withCode(410).withReason("Expired").build(), "ERROR"))
        .done()
        .always();
    try (LeaseFeed feed = feed()) {
      List<String> seen = seen(feed);
      await().until(() -> seen.contains("list 9"));
    }
  }

  @Test
  void aRefreshListsAnew() {
    server.expect().get().withPath(PATH).andReturn(200, list(5)).once();
    server.expect().get().withPath(PATH).andReturn(200, list(9)).always();
    server
        .expect()
        .get()
        .withPath(watchFrom(5))
        .andUpgradeToWebSocket()
        .open()
        .waitFor(2_000)
        .andEmit(new WatchEvent(lease(6), "MODIFIED"))
        .done()
        .always();
    try (LeaseFeed feed = feed()) {
      List<String> seen = seen(feed);
      await().until(() -> seen.contains("list 5"));
      feed.refresh();
      await().until(() -> seen.contains("list 9"));
    }
  }

  @Test
  void anAnswerSaysWhetherTheWriteMayStillArrive() {
    LockRecord record = LeaseFormatTest.record("me");
    LockStore store =
        new LeaseStore(LeaseClient.like(client, Duration.ofSeconds(5)), "ns", Runnable::run);
    for (int code : new int[] {400, 401, 403, 404, 422, 429}) {
      server.expect().post().withPath(PATH).andReturn(code, "").once();
      assertThat(outcome(store, record)).as("" + code).isInstanceOf(Outcome.Refused.class);
    }
    for (int code : new int[] {408, 500, 503, 504}) {
      server.expect().post().withPath(PATH).andReturn(code, "").once();
      assertThat(outcome(store, record)).as("" + code).isInstanceOf(Outcome.Unknown.class);
    }
    server.expect().post().withPath(PATH).andReturn(409, "").once();
    assertThat(outcome(store, record)).isEqualTo(new Outcome.Conflict());
  }

  @Test
  void aPutThatRecreatedTheLeaseUnderAnotherUidIsNotASuccess() {
    server.expect().put().withPath(PATH + "/lead").andReturn(201, lease(8)).once();
    LockStore store =
        new LeaseStore(LeaseClient.like(client, Duration.ofSeconds(5)), "ns", Runnable::run);
    assertThat(
            store
                .replace("lead", new Version("other", 7), LeaseFormatTest.record("me"))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join())
        .isEqualTo(new Outcome.Conflict());
  }

  private static Outcome outcome(LockStore store, LockRecord record) {
    return store
        .create("lead", record)
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }
}
