package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
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
