package dev.leasehold.samples.webpage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebPageDefinitionTest {

  private final CustomResourceDefinition definition = WebPageDefinition.load();
  private final CustomResourceDefinitionVersion version = definition.getSpec().getVersions().get(0);

  @Test
  void namesAreThoseOfTheClass() {
    assertThat(definition.getMetadata().getName()).isEqualTo(WebPage.getCRDName(WebPage.class));
    assertThat(definition.getSpec().getGroup()).isEqualTo(HasMetadata.getGroup(WebPage.class));
    assertThat(definition.getSpec().getScope()).isEqualTo("Namespaced");
    assertThat(definition.getSpec().getNames().getKind())
        .isEqualTo(HasMetadata.getKind(WebPage.class));
    assertThat(definition.getSpec().getNames().getPlural())
        .isEqualTo(HasMetadata.getPlural(WebPage.class));
    assertThat(definition.getSpec().getNames().getSingular())
        .isEqualTo(HasMetadata.getSingular(WebPage.class));
    assertThat(definition.getSpec().getNames().getShortNames())
        .containsExactly(WebPage.getShortNames(WebPage.class));
    assertThat(version.getName()).isEqualTo(HasMetadata.getVersion(WebPage.class));
  }

  @Test
  void statusIsASubresource() {
    assertThat(version.getServed()).isTrue();
    assertThat(version.getStorage()).isTrue();
    assertThat(version.getSubresources().getStatus()).isNotNull();
  }

  @Test
  void schemaHasTheFieldsOfTheClassesAndNoOthers() {
    JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
    assertThat(properties(schema, "spec")).containsExactlyInAnyOrder(fields(WebPageSpec.class));
    assertThat(properties(schema, "status")).containsExactlyInAnyOrder(fields(WebPageStatus.class));
  }

  @Test
  void pageSurvivesBeingWrittenAndRead() {
    KubernetesSerialization json = new KubernetesSerialization();
    WebPage page =
        WebPage.of("shop", "front", "<p>\"ü\"</p>")
            .withStatus(new WebPageStatus(3L, "a_1", "18446744073709551615", null, List.of()));
    WebPage read = json.unmarshal(json.asJson(page), WebPage.class);
    assertThat(read.getSpec()).isEqualTo(page.getSpec());
    assertThat(read.getStatus()).isEqualTo(page.getStatus());
    assertThat(read.getApiVersion()).isEqualTo("samples.leasehold.dev/v1");
    assertThat(json.asJson(WebPage.of("shop", "front", ""))).doesNotContain("status");
  }

  private static Set<String> properties(JSONSchemaProps schema, String part) {
    return requireNonNull(schema.getProperties().get(part)).getProperties().keySet();
  }

  private static String[] fields(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .toArray(String[]::new);
  }
}
