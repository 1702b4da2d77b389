package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.queue.FakeTerm;
import dev.leasehold.queue.Permit;
import dev.leasehold.queue.TermOver;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class WritesTest {

  KubernetesMockServer server;
  KubernetesClient client;

  private final FakeTerm term = new FakeTerm(7);
  private Writes writes;

  @BeforeEach
  void permit() {
    writes = Writes.of(client, "shop.pod", new Permit(new Bucket("pod", 0, 1), term));
  }

  @Test
  void everyKindOfWriteIsRefusedUnsentOnceTheTermIsOver() {
    ConfigMap map = client.resource(RuntimeFixture.configMap("a0")).create();
    Pod pod = client.resource(pod("p0", "before")).create();
    int sent = server.getRequestCount();
    term.end();
    List<Consumer<Writes>> all =
        List.of(
            late -> late.apply(map),
            late -> late.create(map),
            late -> late.update(map),
            late -> late.updateStatus(pod),
            late -> late.patchStatus(pod),
            late -> late.delete(map),
            late -> late.replaceFinalizers(map, List.of("example.com/a")));
    for (Consumer<Writes> write : all) {
      assertThatThrownBy(() -> write.accept(writes)).isInstanceOf(TermOver.class);
    }
    assertThat(server.getRequestCount()).isEqualTo(sent);
  }

  @Test
  void updateOfAnOldStateIsAConflict() {
    ConfigMap read = writes.create(RuntimeFixture.configMap("a0"));
    ConfigMap changed = new ConfigMapBuilder(read).addToData("a", "1").build();
    assertThat(writes.update(changed).getData()).containsEntry("a", "1");
    assertThatThrownBy(() -> writes.update(changed))
        .isInstanceOf(KubernetesClientException.class)
        .hasFieldOrPropertyWithValue("code", HttpURLConnection.HTTP_CONFLICT);
  }

  @Test
  void nameCanBeLeftToTheApiServer() {
    ConfigMap nameless = RuntimeFixture.configMap("a0");
    nameless.getMetadata().setName(null);
    nameless.getMetadata().setGenerateName("a0-");
    assertThat(writes.create(nameless).getMetadata().getName()).startsWith("a0-");
  }

  @Test
  void updateWithoutAVersionIsRefusedInOneSentence() {
    ConfigMap fresh = RuntimeFixture.configMap("a0");
    assertThatThrownBy(() -> writes.update(fresh))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The ConfigMap default/a0 has no resourceVersion: change a copy of what was read, or use apply.");
  }

  @Test
  void statusPatchReplacesTheStatusAndNothingElseWhateverTheVersion() {
    Pod read = writes.create(pod("p0", "before"));
    client
        .resource(
            new PodBuilder(read).editMetadata().addToLabels("by", "others").endMetadata().build())
        .update();
    writes.patchStatus(pod("p0", "after"));
    Pod now = client.pods().inNamespace("default").withName("p0").get();
    assertThat(now.getStatus().getPhase()).isEqualTo("after");
    assertThat(now.getMetadata().getLabels()).containsEntry("by", "others");
  }

  @Test
  void statusPatchLeavesAnotherResourceOfTheSameNameAlone() {
    Pod read = writes.create(pod("p0", "before"));
    client.resource(read).delete();
    writes.create(pod("p0", "another"));
    Pod late = new PodBuilder(read).editStatus().withPhase("late").endStatus().build();
    assertThatThrownBy(() -> writes.patchStatus(late))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(client.pods().inNamespace("default").withName("p0").get().getStatus().getPhase())
        .isEqualTo("another");
    writes.patchStatus(client.pods().inNamespace("default").withName("p0").get());
  }

  @Test
  void statusPatchOfAResourceWithoutAStatusIsRefusedInOneSentence() {
    assertThatThrownBy(() -> writes.patchStatus(RuntimeFixture.configMap("a0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The ConfigMap default/a0 has no status to write.");
  }

  @Test
  void applyIsForcedUnderTheControllersNameAndNeverTellsWhoManagesWhat() throws Exception {
    ConfigMap wanted =
        new ConfigMapBuilder(RuntimeFixture.configMap("a0"))
            .editMetadata()
            .addToManagedFields(new ManagedFieldsEntry())
            .endMetadata()
            .build();
    try {
      writes.apply(wanted);
    } catch (KubernetesClientException unknown) {
      // The server of this test doesn't know this kind of patch; the request is what counts.
    }
    RecordedRequest request = server.getLastRequest();
    assertThat(request.getMethod()).isEqualTo("PATCH");
    assertThat(request.getHeader("Content-Type")).startsWith("application/apply-patch+yaml");
    assertThat(request.getPath()).contains("fieldManager=shop.pod").contains("force=true");
    assertThat(request.getUtf8Body()).doesNotContain("managedFields");
    assertThat(wanted.getMetadata().getManagedFields()).hasSize(1);
  }

  @Test
  void deletingWhatIsGoneAlreadyIsNoError() {
    ConfigMap map = writes.create(RuntimeFixture.configMap("a0"));
    writes.delete(map);
    writes.delete(map);
    assertThat(client.configMaps().inNamespace("default").withName("a0").get()).isNull();
  }

  private static Pod pod(String name, String phase) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }
}
