package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerTest {

  private static final Reconciler<ConfigMap> NOTHING = request -> Result.done();
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  @Test
  void nameIsTheKindInLowerCaseUnlessGiven() {
    assertThat(Controller.of(ConfigMap.class).reconciler(NOTHING).name()).isEqualTo("configmap");
    assertThat(Controller.of(ConfigMap.class).named("mine").reconciler(NOTHING).name())
        .isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "-a", "a-", "a.b", "a_b", "ä"})
  void nameThatIsNoDnsLabelIsRefused(String name) {
    assertThatThrownBy(() -> Controller.of(ConfigMap.class).named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void nameOf63CharactersIsTheLongest() {
    Controller.of(ConfigMap.class).named("a".repeat(63));
    assertThatThrownBy(() -> Controller.of(ConfigMap.class).named("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 4097})
  void bucketCountOutOfRangeIsRefused(int count) {
    assertThatThrownBy(() -> Controller.of(ConfigMap.class).buckets(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 4096");
  }

  @Test
  void workersResyncAndDelaysOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Controller.of(ConfigMap.class).workers(0))
        .isInstanceOf(IllegalArgumentException.class);
    for (Duration period : List.of(Duration.ofMillis(1), Duration.ofDays(366), FOREVER)) {
      assertThatThrownBy(() -> Controller.of(ConfigMap.class).resync(period))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("choose a second to 365 days, or leave it out");
    }
    assertThatThrownBy(() -> Controller.of(ConfigMap.class).timeout(FOREVER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("or leave it out");
    assertThatThrownBy(() -> Result.requeueAfter(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void clusterScopedTypeCantBeLimitedToNamespaces() {
    assertThatThrownBy(() -> Controller.of(Node.class).namespaces("default"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cluster-scoped");
  }

  @Test
  void blankNamespaceIsRefusedSinceItWouldMeanAll() {
    for (String[] names : List.of(new String[] {""}, new String[] {"default", " "})) {
      String[] more = Arrays.copyOfRange(names, 1, names.length);
      assertThatThrownBy(() -> Controller.of(ConfigMap.class).namespaces(names[0], more))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "A namespace of controller 'configmap' is blank; leave namespaces(...) out to look at all.");
    }
  }

  @Test
  void ownedResourceMapsToTheOwnerThatControlsIt() {
    ControllerOwner owner = new ControllerOwner(ResourceType.of(ConfigMap.class));
    assertThat(owner.apply(owned("v1", "ConfigMap", true)))
        .containsExactly(new ResourceKey("default", "owner"));
    assertThat(owner.apply(owned("v1", "ConfigMap", false))).isEmpty();
    assertThat(owner.apply(owned("v1", "Secret", true))).isEmpty();
    assertThat(owner.apply(owned("other.io/v1", "ConfigMap", true))).isEmpty();
    assertThat(owner.apply(new SecretBuilder().withNewMetadata().endMetadata().build())).isEmpty();
  }

  @Test
  void ownerOfAClusterScopedTypeHasNoNamespace() {
    assertThat(new ControllerOwner(ResourceType.of(Node.class)).apply(owned("v1", "Node", true)))
        .containsExactly(new ResourceKey("", "owner"));
  }

  private static Secret owned(String apiVersion, String kind, boolean controller) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("owned")
        .addNewOwnerReference()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName("owner")
        .withController(controller)
        .endOwnerReference()
        .endMetadata()
        .build();
  }
}
