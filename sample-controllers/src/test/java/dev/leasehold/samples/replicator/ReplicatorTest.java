package dev.leasehold.samples.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.controller.ResourceKey;
import dev.leasehold.controller.Result;
import dev.leasehold.queue.TermOver;
import dev.leasehold.samples.TestRequest;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true, https = false)
@Timeout(60)
class ReplicatorTest {

  KubernetesClient client;

  private Replicator replicator;

  @BeforeEach
  void makeReplicator() {
    replicator = new Replicator(client, "home", Set.of("east", "home", "west"));
  }

  @Test
  void labelledConfigMapIsCopiedIntoAllTargetsAndTellsSo() {
    reconcile(create(source("colours", "red")));
    assertThat(read("east", "colours").getData()).isEqualTo(Map.of("a", "red"));
    assertThat(read("west", "colours").getData()).isEqualTo(Map.of("a", "red"));
    assertThat(read("home", "colours").getMetadata().getAnnotations())
        .containsEntry(Copies.INTO, "east,west");
  }

  @Test
  void nothingIsWrittenWhenNothingDiffers() {
    reconcile(create(source("colours", "red")));
    ConfigMap told = read("home", "colours");
    ConfigMap copy = read("east", "colours");
    assertThat(reconcile(told)).isEqualTo(Result.done());
    assertThat(read("home", "colours")).isEqualTo(told);
    assertThat(read("east", "colours")).isEqualTo(copy);
  }

  @Test
  void changedCopyIsMended() {
    reconcile(create(source("colours", "red")));
    ConfigMap changed =
        new ConfigMapBuilder(read("east", "colours")).withData(Map.of("a", "blue")).build();
    reconcile(client.resource(changed).update());
    assertThat(read("east", "colours").getData()).isEqualTo(Map.of("a", "red"));
  }

  @Test
  void copyWhoseSourceWasDeletedWhileNobodyLedIsDeletedWhenItIsReplayed() {
    reconcile(create(source("colours", "red")));
    client.resource(read("home", "colours")).delete();
    reconcile(read("east", "colours"));
    assertThat(read("east", "colours")).isNull();
  }

  @Test
  void copyWhoseSourceNoLongerAsksIsDeleted() {
    reconcile(create(source("colours", "red")));
    ConfigMap quiet =
        new ConfigMapBuilder(read("home", "colours"))
            .editMetadata()
            .removeFromLabels(Copies.ASKS)
            .endMetadata()
            .build();
    client.resource(quiet).update();
    reconcile(read("west", "colours"));
    assertThat(read("west", "colours")).isNull();
  }

  @Test
  void configMapThatIsNoCopyIsLeftAlone() {
    create(map("east", "colours").withData(Map.of("mine", "!")).build());
    Result result = reconcile(create(source("colours", "red")));
    assertThat(result).isInstanceOf(Result.RequeueAfter.class);
    assertThat(read("east", "colours").getData()).isEqualTo(Map.of("mine", "!"));
    assertThat(read("home", "colours").getMetadata().getAnnotations())
        .containsEntry(Copies.INTO, "west");
  }

  @Test
  void configMapThatDoesNotAskIsNotCopied() {
    reconcile(create(map("home", "quiet").build()));
    assertThat(read("east", "quiet")).isNull();
  }

  @Test
  void changeOfASourceIsNewsForItsCopiesAndOfACopyForItsSource() {
    assertThat(replicator.related(source("colours", "red")))
        .containsExactly(new ResourceKey("east", "colours"), new ResourceKey("west", "colours"));
    ConfigMap copy = new Copies("home").wanted(source("colours", "red"), "east");
    assertThat(replicator.related(copy)).containsExactly(new ResourceKey("home", "colours"));
    assertThat(replicator.related(map("home", "quiet").build())).isEmpty();
  }

  @Test
  void nothingIsWrittenOnceTheTermIsOver() {
    ConfigMap source = create(source("colours", "red"));
    assertThatThrownBy(() -> replicator.reconcile(TestRequest.late(client, source)))
        .isInstanceOf(TermOver.class);
    assertThat(read("east", "colours")).isNull();
  }

  private Result reconcile(ConfigMap map) {
    return replicator.reconcile(TestRequest.of(client, map, "a_1", 7));
  }

  private static ConfigMap source(String name, String value) {
    return map("home", name)
        .editMetadata()
        .addToLabels(Copies.ASKS, "true")
        .endMetadata()
        .withData(Map.of("a", value))
        .build();
  }

  private static ConfigMapBuilder map(String namespace, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata();
  }

  private ConfigMap create(ConfigMap map) {
    return client.resource(map).create();
  }

  private ConfigMap read(String namespace, String name) {
    return client.configMaps().inNamespace(namespace).withName(name).get();
  }
}
