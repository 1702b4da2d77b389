package dev.leasehold.samples.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.controller.Result;
import dev.leasehold.queue.TermOver;
import dev.leasehold.samples.TestRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client is injected.
@EnableKubernetesMockClient(crud = true, https = false)
@Timeout(60)
class RouteSummaryTest {

  KubernetesClient client;

  private RoutesView view;
  private RouteSummary summary;

  @BeforeEach
  void follow() {
    client.resource(RouteTableDefinition.load()).create();
    view = RoutesView.follow(client, "test");
    summary = new RouteSummary(client, view);
  }

  @AfterEach
  void stop() {
    view.close();
  }

  @Test
  void everyTableIsServedWhoeverLeads() {
    create("a", new Route("x.org", "web"));
    create("b", new Route("y.org", "api"));
    await().untilAsserted(() -> assertThat(view.text()).isEqualTo("x.org web\ny.org api\n"));
  }

  @Test
  void leaderWritesTheSummaryOnce() {
    summary.reconcile(TestRequest.of(create("a", new Route("x.org", "web")), "a_1", 7));
    RouteTable told = read("a");
    assertThat(told.getStatus().hosts()).isEqualTo(1);
    assertThat(told.getStatus().summarizedBy()).isEqualTo("a_1");
    assertThat(summary.reconcile(TestRequest.of(told, "a_1", 7))).isEqualTo(Result.done());
    assertThat(read("a")).isEqualTo(told);
  }

  @Test
  void nothingIsWrittenOnceTheTermIsOver() {
    RouteTable table = create("a", new Route("x.org", "web"));
    assertThatThrownBy(() -> summary.reconcile(TestRequest.of(table, "a_1", 7).lapsed()))
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
