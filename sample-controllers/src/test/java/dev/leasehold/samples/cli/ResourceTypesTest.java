package dev.leasehold.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.samples.webpage.WebPageDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
@Timeout(60)
class ResourceTypesTest {

  KubernetesClient client;

  @Test
  void typeIsInstalledOnceAndRemovedOnce() throws Exception {
    ResourceTypes types = new ResourceTypes(client);
    assertThat(types.install(WebPageDefinition.load())).isTrue();
    assertThat(types.install(WebPageDefinition.load())).isFalse();
    assertThat(types.uninstall(WebPageDefinition.load())).isTrue();
    assertThat(types.uninstall(WebPageDefinition.load())).isFalse();
  }

  @Test
  void olderDefinitionIsBroughtUpToDate() throws Exception {
    CustomResourceDefinition older = WebPageDefinition.load();
    older.getSpec().getVersions().get(0).setAdditionalPrinterColumns(null);
    client.resource(older).create();
    assertThat(new ResourceTypes(client).install(WebPageDefinition.load())).isTrue();
    assertThat(client.resource(older).get().getSpec().getVersions())
        .isEqualTo(WebPageDefinition.load().getSpec().getVersions());
  }
}
