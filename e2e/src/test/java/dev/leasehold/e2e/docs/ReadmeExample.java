package dev.leasehold.e2e.docs;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.ControllerManager;
import dev.leasehold.controller.Result;
import dev.leasehold.samples.webpage.WebPage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/** The controller that the README shows. */
final class ReadmeExample {

  private ReadmeExample() {}

  static void run() {
    try (var client = new KubernetesClientBuilder().build();
        var manager = ControllerManager.builder(client).component("shop").httpPort(8080).build()) {

      manager.register(
          Controller.of(WebPage.class)
              .buckets(8) // Leases shop.webpage.00-of-08 ... 07-of-08
              .owns(ConfigMap.class) // a change is news for the owning page
              .reconciler(
                  request -> {
                    WebPage page = request.resource().orElse(null); // empty: deleted
                    if (page == null) {
                      return Result.done();
                    }
                    ConfigMap wanted = render(page);
                    request.writes().apply(wanted); // throws TermOver once another replica may lead
                    return Result.requeueAfter(Duration.ofMinutes(10));
                  }));

      manager.run(); // until SIGTERM: drain, hand over, return
    }
  }

  private static ConfigMap render(WebPage page) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(page.getMetadata().getNamespace())
        .withName(page.getMetadata().getName())
        .endMetadata()
        .addToData("index.html", page.getSpec().html())
        .build();
  }
}
