package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {

  private static final ConfigMap OLD = map(1L, Map.of("a", "1"), Map.of());

  @Test
  void withoutFiltersEveryUpdateIsNews() {
    assertThat(Source.of(ConfigMap.class).accepts(OLD, OLD)).isTrue();
  }

  @Test
  void updateIsNewsIfOneOfTheFiltersAcceptsIt() {
    Source<ConfigMap> source =
        Source.of(ConfigMap.class).filter(Change.inGeneration(), Change.inLabels());
    assertThat(source.accepts(OLD, map(1L, Map.of("a", "1"), Map.of("b", "2")))).isFalse();
    assertThat(source.accepts(OLD, map(2L, Map.of("a", "1"), Map.of()))).isTrue();
    assertThat(source.accepts(OLD, map(1L, Map.of("a", "2"), Map.of()))).isTrue();
  }

  @Test
  void filtersOfAnnotationsAndOfParts() {
    Source<ConfigMap> annotated = Source.of(ConfigMap.class).filter(Change.inAnnotations());
    assertThat(annotated.accepts(OLD, map(2L, Map.of(), Map.of()))).isFalse();
    assertThat(annotated.accepts(OLD, map(1L, Map.of("a", "1"), Map.of("b", "2")))).isTrue();
    Source<ConfigMap> data = Source.of(ConfigMap.class).filter(Change.in(ConfigMap::getData));
    assertThat(data.accepts(OLD, map(2L, Map.of(), Map.of()))).isFalse();
    assertThat(data.accepts(OLD, new ConfigMapBuilder(OLD).addToData("c", "3").build())).isTrue();
  }

  @Test
  void typeWithoutGenerationsCantTellSoAllItsUpdatesAreNews() {
    ConfigMap plain = RuntimeFixture.configMap("a0");
    assertThat(Source.of(ConfigMap.class).filter(Change.inGeneration()).accepts(plain, plain))
        .isTrue();
  }

  @Test
  void markForDeletionIsNewsWhateverTheFilters() {
    ConfigMap marked =
        new ConfigMapBuilder(OLD)
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();
    Source<ConfigMap> nothing = Source.of(ConfigMap.class).filter(change -> false);
    assertThat(nothing.accepts(OLD, OLD)).isFalse();
    assertThat(nothing.accepts(OLD, marked)).isTrue();
  }

  @Test
  void anotherResourceOfTheSameNameIsNewsWhateverTheFilters() {
    ConfigMap another =
        new ConfigMapBuilder(OLD).editMetadata().withUid("another").endMetadata().build();
    Source<ConfigMap> nothing = Source.of(ConfigMap.class).filter(change -> false);
    assertThat(nothing.accepts(OLD, another)).isTrue();
  }

  @Test
  void fieldSelectorsAreReadLikeKubectls() {
    assertThat(FieldSelector.parse("a.b=1, c!=2,d==3,e="))
        .isEqualTo(new FieldSelector(Map.of("a.b", "1", "d", "3", "e", ""), Map.of("c", "2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "=1", "!=1", "a=1,", "a=1,b"})
  void whatIsNoFieldSelectorIsRefused(String selector) {
    assertThatThrownBy(() -> Source.of(ConfigMap.class).fields(selector))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + selector + "'");
  }

  @Test
  void blankLabelSelectorIsRefused() {
    assertThatThrownBy(() -> Source.of(ConfigMap.class).labels(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("configmaps");
  }

  @Test
  void typeWithoutAClassNeedsItsNames() {
    assertThatThrownBy(() -> Source.of(new ResourceDefinitionContext()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version, a kind and a plural");
  }

  @Test
  void sourcesThatDifferInFiltersOnlyShareAScope() {
    Source<ConfigMap> all = Source.of(ConfigMap.class);
    assertThat(TypeScope.of(all.filter(Change.inLabels()), Set.of()))
        .isEqualTo(TypeScope.of(all, Set.of()));
    assertThat(TypeScope.of(all.labels("a=1"), Set.of())).isNotEqualTo(TypeScope.of(all, Set.of()));
  }

  @Test
  void namespacesOfAControllerDoNotLimitAClusterScopedSource() {
    assertThat(TypeScope.of(Source.of(Node.class), Set.of("default")))
        .containsExactlyElementsOf(TypeScope.of(Source.of(Node.class), Set.of()));
    assertThat(TypeScope.of(Source.of(ConfigMap.class), Set.of("b", "a")))
        .extracting(TypeScope::namespace)
        .containsExactly("a", "b");
  }

  @Test
  void namespacesOfASourceStandWhateverItsControllers() {
    Source<ConfigMap> anywhere = Source.of(ConfigMap.class);
    Set<String> controllers = Set.of("a", "b");
    assertThat(anywhere.namespacesIn(controllers)).isEqualTo(controllers);
    assertThat(anywhere.namespaces("c", "d").namespacesIn(controllers))
        .containsExactlyInAnyOrder("c", "d");
    assertThat(anywhere.namespaces("c").labels("x=y").namespacesIn(Set.of())).containsExactly("c");
    assertThat(anywhere.allNamespaces().namespacesIn(controllers)).isEmpty();
    assertThat(
            Controller.of(anywhere.namespaces("c"))
                .namespaces("d")
                .reconciler(request -> Result.done())
                .namespaces())
        .containsExactlyInAnyOrder("c", "d");
  }

  @Test
  void namespacesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Source.of(Node.class).namespaces("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nodes can't be limited to namespaces");
    assertThatThrownBy(() -> Source.of(Node.class).allNamespaces())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Source.of(ConfigMap.class).namespaces("a", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("blank");
  }

  @Test
  void ownedResourcesAreLookedAtWhereTheirOwnersAre() {
    Source<Secret> secrets = Source.of(Secret.class);
    for (Source<Secret> elsewhere :
        List.of(secrets.allNamespaces(), secrets.namespaces("a", "b"))) {
      ControllerBuilder<ConfigMap> builder =
          Controller.of(ConfigMap.class).owns(elsewhere).namespaces("a");
      assertThatThrownBy(() -> builder.reconciler(request -> Result.done()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("can't own secrets outside of its own namespaces");
    }
    Controller.of(ConfigMap.class).owns(secrets.namespaces("a")).reconciler(r -> Result.done());
    Controller.of(ConfigMap.class)
        .owns(secrets.namespaces("a"))
        .namespaces("a", "b")
        .reconciler(request -> Result.done());
  }

  private static ConfigMap map(
      long generation, Map<String, String> labels, Map<String, String> annotations) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("a0")
        .withGeneration(generation)
        .withLabels(labels)
        .withAnnotations(annotations)
        .endMetadata()
        .build();
  }
}
