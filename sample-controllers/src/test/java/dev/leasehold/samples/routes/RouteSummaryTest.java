package dev.leasehold.samples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.controller.ResourceKey;
import dev.leasehold.controller.Result;
import dev.leasehold.queue.TermOver;
import dev.leasehold.samples.TestRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true, https = false)
@Timeout(60)
class RouteSummaryTest {

  KubernetesClient client;

  private final RoutesView view = new RoutesView();
  private final RouteSummary summary = new RouteSummary(view);

  @BeforeEach
  void installType() {
    client.resource(RouteTableDefinition.load()).create();
  }

  @Test
  void everyTableThatIsObservedIsServedWhoeverLeads() {
    RouteTable first = create("a", new Route("x.org", "web"));
    RouteTable second = create("b", new Route("y.org", "api"));
    view.observe(ResourceKey.of(first), Optional.of(first));
    view.observe(ResourceKey.of(second), Optional.of(second));
    assertThat(view.text()).isEqualTo("x.org web\ny.org api\n");
    view.observe(ResourceKey.of(first), Optional.empty());
    assertThat(view.text()).isEqualTo("y.org api\n");
  }

  @Test
  void leaderWritesTheSummaryOnce() {
    summary.reconcile(TestRequest.of(client, create("a", new Route("x.org", "web")), "a_1", 7));
    RouteTable told = read("a");
    assertThat(told.getStatus().hosts()).isEqualTo(1);
    assertThat(told.getStatus().summarizedBy()).isEqualTo("a_1");
    assertThat(summary.reconcile(TestRequest.of(client, told, "a_1", 7))).isEqualTo(Result.done());
    assertThat(read("a")).isEqualTo(told);
  }

  @Test
  void nothingIsWrittenOnceTheTermIsOver() {
    RouteTable table = create("a", new Route("x.org", "web"));
    assertThatThrownBy(() -> summary.reconcile(TestRequest.late(client, table)))
        .isInstanceOf(TermOver.class);
    assertThat(read("a").getStatus()).isNull();
  }

  private RouteTable create(String name, Route route) {
    return client.resource(RouteTable.of("test", name, List.of(route))).create();
  }

  private RouteTable read(String name) {
    return client.resources(RouteTable.class).inNamespace("test").withName(name).get();
  }
}
