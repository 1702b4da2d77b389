package dev.leasehold.e2e.samples;

import dev.leasehold.samples.routes.Route;
import dev.leasehold.samples.routes.RouteTable;
import dev.leasehold.samples.webpage.WebPage;
import dev.leasehold.samples.webpage.WebPageSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Work for every verb that the samples use, waiting for them: things to create, to mend and to
 * delete. Objects of one errand have its name in theirs.
 */
final class Errand {

  private static final String FINALIZER = "samples.leasehold.dev/servers";

  private final KubernetesClient client;
  private final Place place;
  private final String name;

  Errand(Place place, String name) {
    this.client = place.client();
    this.place = place;
    this.name = name;
  }

  void leave() {
    client.resource(page("new-" + name)).create();
    drifted(client.resource(held(page("drifted-" + name))).create());
    WebPage going = client.resource(held(page("going-" + name))).create();
    servers(going);
    client.resource(going).delete();
    client.resource(source("source-" + name)).create();
    client.resource(source("changed-" + name)).create();
    client.resource(copy("changed-" + name)).create();
    client.resource(copy("orphan-" + name)).create();
    client.resource(asking("service-" + name)).create();
    client
        .resource(
            RouteTable.of(
                place.namespace(), "table-" + name, List.of(new Route(name + ".org", "web"))))
        .create();
  }

  /** What is still to be done; empty when all is. */
  List<String> unfinished() {
    List<String> unfinished = new ArrayList<>();
    check(unfinished, "new page", read(Deployment.class, "new-" + name + "-web") != null);
    check(
        unfinished,
        "drifted page",
        read(ConfigMap.class, "drifted-" + name + "-html").getData().containsKey("index.html")
            && read(Deployment.class, "drifted-" + name + "-web").getSpec().getReplicas() == 1
            && read(Service.class, "drifted-" + name + "-web").getSpec().getPorts().get(0).getPort()
                == 80);
    WebPage drifted = read(WebPage.class, "drifted-" + name);
    check(unfinished, "page's status", drifted.getStatus() != null);
    check(unfinished, "going page", read(WebPage.class, "going-" + name) == null);
    check(unfinished, "new copy", copyOf("source-" + name) != null);
    check(unfinished, "changed copy", Map.of("a", "1").equals(copyOf("changed-" + name).getData()));
    check(unfinished, "orphan", copyOf("orphan-" + name) == null);
    check(
        unfinished,
        "service",
        read(Service.class, "service-" + name)
            .getMetadata()
            .getAnnotations()
            .containsKey("samples.leasehold.dev/published"));
    RouteTable table = read(RouteTable.class, "table-" + name);
    check(unfinished, "table's status", table.getStatus() != null);
    return unfinished;
  }

  private static void check(List<String> unfinished, String what, boolean done) {
    if (!done) {
      unfinished.add(what);
    }
  }

  private WebPage page(String pageName) {
    WebPage page = WebPage.of(place.namespace(), pageName, "x");
    page.setSpec(new WebPageSpec("x", 1));
    return page;
  }

  private static WebPage held(WebPage page) {
    page.setMetadata(new ObjectMetaBuilder(page.getMetadata()).addToFinalizers(FINALIZER).build());
    return page;
  }

  private void drifted(WebPage page) {
    servers(page);
    client
        .resource(
            new ConfigMapBuilder()
                .withMetadata(owned(page, "-html"))
                .withData(Map.of("other", "y"))
                .build())
        .create();
  }

  private void servers(WebPage page) {
    Map<String, String> labels = Map.of("samples.leasehold.dev/page", page.getMetadata().getName());
    client
        .resource(
            new DeploymentBuilder()
                .withMetadata(owned(page, "-web"))
                .withNewSpec()
                .withReplicas(5)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("other")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
    client
        .resource(
            new ServiceBuilder()
                .withMetadata(owned(page, "-web"))
                .withNewSpec()
                .withSelector(labels)
                .addNewPort()
                .withPort(81)
                .endPort()
                .endSpec()
                .build())
        .create();
  }

  private ObjectMeta owned(WebPage page, String suffix) {
    return new ObjectMetaBuilder()
        .withNamespace(place.namespace())
        .withName(page.getMetadata().getName() + suffix)
        .addNewOwnerReference()
        .withApiVersion(page.getApiVersion())
        .withKind(page.getKind())
        .withName(page.getMetadata().getName())
        .withUid(page.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .build();
  }

  private ConfigMap source(String mapName) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(place.namespace())
        .withName(mapName)
        .addToLabels("samples.leasehold.dev/replicate", "true")
        .endMetadata()
        .withData(Map.of("a", "1"))
        .build();
  }

  private ConfigMap copy(String mapName) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(place.target())
        .withName(mapName)
        .addToLabels("samples.leasehold.dev/copied-from", place.namespace())
        .endMetadata()
        .withData(Map.of("a", "0"))
        .build();
  }

  private Service asking(String serviceName) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace(place.namespace())
        .withName(serviceName)
        .addToLabels("samples.leasehold.dev/publish", "true")
        .endMetadata()
        .withNewSpec()
        .withClusterIP("None")
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private <T extends HasMetadata> T read(Class<T> type, String objectName) {
    return client.resources(type).inNamespace(place.namespace()).withName(objectName).get();
  }

  private ConfigMap copyOf(String mapName) {
    return client.configMaps().inNamespace(place.target()).withName(mapName).get();
  }
}
