package dev.leasehold.controller;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true)
class ControllerManagerTest {

  KubernetesClient client;

  @Test
  void aControllerTooManyIsRefusedWhenItIsRegistered() {
    try (ControllerManager manager = manager()) {
      for (int i = 0; i < 4; i++) {
        manager.register(controller("c" + i, 4096));
      }
      assertThatThrownBy(() -> manager.register(controller("last", 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("use fewer buckets");
    }
  }

  @Test
  void whateverFailsTheStartTheHttpPortIsFreeAfterwards() throws Exception {
    CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    ControllerManager manager =
        builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .onHttp(
                address -> {
                  listening.complete(address);
                  throw new NoClassDefFoundError("as the test wants");
                })
            .build()
            .register(controller("one", 1));
    assertThatThrownBy(manager::start).isInstanceOf(NoClassDefFoundError.class);
    new ServerSocket(listening.join().getPort(), 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void controllerThatCantBeginIsNotWaitedForEvenIfTypesAre() {
    ControllerBuilder<ConfigMap> builder = Controller.of(ConfigMap.class);
    // No step lets through what fails; threads that are missing can't be had by a test.
    builder.resync = Duration.ofDays(200_000);
    ControllerManager manager =
        builder().waitForTypes().build().register(builder.reconciler(request -> Result.done()));
    assertThatThrownBy(manager::start)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("Controller configmap can't begin its work");
  }

  private ControllerManager manager() {
    return builder().build();
  }

  private ManagerBuilder builder() {
    return ControllerManager.builder(client).component("shop").namespace("ns");
  }

  private static Controller<ConfigMap> controller(String name, int buckets) {
    return Controller.of(ConfigMap.class)
        .named(name)
        .buckets(buckets)
        .reconciler(request -> Result.done());
  }
}
