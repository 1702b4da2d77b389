package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/controllers.md}, which a test of the pages looks for here. */
class SourceExamplesTest {

  @Test
  void controllerOfSelectedResourcesWithSecondTypes() {
    Controller<Deployment> controller =
        Controller.of(
                Source.of(Deployment.class)
                    .labels("tier=web,!canary")
                    .filter(Change.inGeneration(), Change.inLabels()))
            .namespaces("shops", "blogs")
            .owns(ConfigMap.class)
            .watches(
                Source.of(ConfigMap.class).namespaces("central"),
                defaults -> deploymentsThatUse(defaults))
            .resync(Duration.ofHours(1))
            .reconciler(request -> reconcile(request));
    assertThat(controller.namespaces()).containsExactlyInAnyOrder("shops", "blogs");
    assertThat(controller.secondaries()).hasSize(2);
    assertThat(controller.source().selects()).isTrue();
  }

  @Test
  void controllerOfATypeWithoutAJavaClass() {
    ResourceDefinitionContext gadgets =
        new ResourceDefinitionContext.Builder()
            .withGroup("example.com")
            .withVersion("v1")
            .withKind("Gadget")
            .withPlural("gadgets")
            .withNamespaced(true)
            .build();
    Controller<GenericKubernetesResource> controller =
        Controller.of(Source.of(gadgets))
            .reconciler(
                request -> {
                  GenericKubernetesResource gadget = request.resource().orElse(null);
                  String size = gadget == null ? "" : gadget.get("spec", "size");
                  return resize(request.key(), size);
                });
    assertThat(controller.name()).isEqualTo("gadget");
    assertThat(controller.source().type()).hasToString("gadgets.example.com");
  }

  private static List<ResourceKey> deploymentsThatUse(ConfigMap defaults) {
    return List.of(new ResourceKey("shops", defaults.getMetadata().getName()));
  }

  private static Result reconcile(Request<Deployment> request) {
    return Result.requeueAfter(Duration.ofMinutes(request.attempt()));
  }

  private static Result resize(ResourceKey key, String size) {
    return key.name().equals(size) ? Result.retry() : Result.done();
  }
}
