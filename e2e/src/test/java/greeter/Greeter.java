package greeter;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.ControllerManager;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.Result;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Greets whoever a ConfigMap names. */
public final class Greeter {

  private Greeter() {}

  public static void main(String... arguments) {
    try (KubernetesClient client = new KubernetesClientBuilder().build();
        ControllerManager manager =
            ControllerManager.builder(client)
                .component("greeter")
                .namespace("default")
                .httpPort(Integer.parseInt(arguments[0]))
                .build()) {
      manager.register(
          Controller.of(ConfigMap.class)
              .named("greeting")
              .namespaces("default")
              .buckets(4)
              .reconciler(Greeter::greet));
      manager.run();
    }
  }

  private static Result greet(Request<ConfigMap> request) {
    ConfigMap map = request.resource().orElse(null);
    if (map == null || map.getData() == null || !map.getData().containsKey("name")) {
      return Result.done();
    }
    String greeting = "Hello, " + map.getData().get("name") + "!";
    if (!greeting.equals(map.getData().get("greeting"))) {
      request.writes().update(new ConfigMapBuilder(map).addToData("greeting", greeting).build());
    }
    return Result.done();
  }
}
