package dev.leasehold.samples.webpage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.controller.Result;
import dev.leasehold.queue.TermOver;
import dev.leasehold.samples.TestRequest;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // The client and the server are injected.
@EnableKubernetesMockClient(crud = true, https = false)
@Timeout(60)
class WebPageReconcilerTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  KubernetesMockServer server;
  KubernetesClient client;

  private WebPageReconciler reconciler;

  @BeforeEach
  void makeReconciler() {
    client.resource(WebPageDefinition.load()).create();
    reconciler = new WebPageReconciler(client, NOON, Chore.NONE, "httpd:1");
  }

  @Test
  void pageGetsAConfigMapThatItControlsAndAStatus() throws Exception {
    WebPage page = create("front", "<h1>Hi</h1>");
    assertThat(reconcile(page, "a_1", -1L)).isEqualTo(Result.done());
    ConfigMap made = configMap("front-html");
    assertThat(made.getData()).isEqualTo(Map.of("index.html", "<h1>Hi</h1>"));
    OwnerReference owner = made.getMetadata().getOwnerReferences().get(0);
    assertThat(owner.getUid()).isEqualTo(page.getMetadata().getUid());
    assertThat(owner.getController()).isTrue();
    assertThat(read("front").getStatus())
        .isEqualTo(
            new WebPageStatus(
                page.getMetadata().getGeneration(),
                "a_1",
                "18446744073709551615",
                "2026-01-01T12:00:00Z",
                List.of(
                    new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("AsAsked")
                        .withMessage("Everything is as the page asks.")
                        .withObservedGeneration(page.getMetadata().getGeneration())
                        .withLastTransitionTime("2026-01-01T12:00:00Z")
                        .build())));
  }

  @Test
  void nothingIsWrittenWhenNothingDiffers() throws Exception {
    reconcile(create("front", "x"), "a_1", 7);
    WebPage settled = read("front");
    ConfigMap made = configMap("front-html");
    reconcile(settled, "a_1", 7);
    assertThat(version(read("front"))).isEqualTo(version(settled));
    assertThat(configMap("front-html")).isEqualTo(made);
  }

  @Test
  void nextLeaderOfTheBucketWritesTheStatusOnceAndTheConfigMapNever() throws Exception {
    reconcile(create("front", "x"), "a_1", 7);
    ConfigMap made = configMap("front-html");
    reconcile(read("front"), "b_2", 9);
    WebPage moved = read("front");
    assertThat(moved.getStatus().reconciledBy()).isEqualTo("b_2");
    assertThat(moved.getStatus().epoch()).isEqualTo("9");
    reconcile(moved, "b_2", 9);
    assertThat(version(read("front"))).isEqualTo(version(moved));
    assertThat(configMap("front-html")).isEqualTo(made);
  }

  @Test
  void changedConfigMapIsMended() throws Exception {
    reconcile(create("front", "x"), "a_1", 7);
    client
        .resource(
            new ConfigMapBuilder(configMap("front-html"))
                .withData(Map.of("index.html", "y"))
                .build())
        .update();
    reconcile(read("front"), "a_1", 7);
    assertThat(configMap("front-html").getData()).isEqualTo(Map.of("index.html", "x"));
  }

  @Test
  void configMapOfAnEarlierPageOfThatNameIsTakenOver() throws Exception {
    WebPage earlier = WebPage.of("test", "front", "old");
    earlier.getMetadata().setUid("earlier");
    client.resource(new PageConfigMap(earlier).fresh()).create();
    WebPage page = create("front", "new");
    reconcile(page, "a_1", 7);
    ConfigMap taken = configMap("front-html");
    assertThat(taken.getData()).isEqualTo(Map.of("index.html", "new"));
    assertThat(taken.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .containsExactly(page.getMetadata().getUid());
  }

  @Test
  void configMapOfSomebodyElseIsLeftAloneAndTheStatusSaysSo() throws Exception {
    ConfigMap foreign =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("test")
            .withName("front-html")
            .endMetadata()
            .withData(Map.of("mine", "!"))
            .build();
    client.resource(foreign).create();
    assertThat(reconcile(create("front", "x"), "a_1", 7)).isInstanceOf(Result.RequeueAfter.class);
    assertThat(configMap("front-html").getData()).isEqualTo(Map.of("mine", "!"));
    assertThat(ready("front").getMessage())
        .isEqualTo(
            "There is a ConfigMap front-html that no page of this name controls: delete it, or choose another name for the page.");
  }

  @Test
  void nameThatIsTooLongForAConfigMapIsToldInTheStatus() throws Exception {
    String name = "a".repeat(249);
    reconcile(create(name, "x"), "a_1", 7);
    assertThat(client.configMaps().inNamespace("test").list().getItems()).isEmpty();
    assertThat(ready(name).getMessage())
        .isEqualTo(
            "The name has 249 characters, and its ConfigMap would be named 5 longer: choose a name of at most 248.");
  }

  @Test
  void staleCacheIsRetriedWithoutAnError() throws Exception {
    WebPage page = create("front", "x");
    server
        .expect()
        .put()
        .withPath("/apis/samples.leasehold.dev/v1/namespaces/test/webpages/front/status")
        .andReturn(HttpURLConnection.HTTP_CONFLICT, new StatusBuilder().withCode(409).build())
        .once();
    assertThat(reconcile(page, "a_1", 7)).isEqualTo(Result.retry());
    assertThat(reconcile(page, "a_1", 7)).isEqualTo(Result.done());
    assertThat(read("front").getStatus().epoch()).isEqualTo("7");
  }

  @Test
  void nothingIsWrittenOnceTheTermIsOver() {
    TestRequest<WebPage> request = TestRequest.late(client, create("front", "x"));
    assertThatThrownBy(() -> reconciler.reconcile(request)).isInstanceOf(TermOver.class);
    assertThat(client.configMaps().inNamespace("test").list().getItems()).isEmpty();
  }

  @Test
  void deletedPageNeedsNothing() throws Exception {
    TestRequest<WebPage> request =
        TestRequest.of(client, WebPage.of("test", "gone", ""), "a_1", 7).deleted();
    assertThat(reconciler.reconcile(request)).isEqualTo(Result.done());
  }

  @Test
  void pageWithServersGetsAFinalizerAServiceAndADeployment() throws Exception {
    reconcile(create("front", 2), "a_1", 7);
    assertThat(read("front").getMetadata().getFinalizers()).containsExactly(PageServers.FINALIZER);
    assertThat(deployment("front-web").getSpec().getReplicas()).isEqualTo(2);
    assertThat(service("front-web").getSpec().getSelector())
        .isEqualTo(deployment("front-web").getSpec().getTemplate().getMetadata().getLabels());
    assertThat(ready("front").getReason()).isEqualTo("ServersStarting");
    assertThat(ready("front").getMessage()).isEqualTo("0 of 2 servers are ready.");
  }

  @Test
  void pageIsReadyOnceItsServersAre() throws Exception {
    serve(create("front", 1));
    client
        .resource(
            new DeploymentBuilder(deployment("front-web"))
                .withNewStatus()
                .withReadyReplicas(1)
                .endStatus()
                .build())
        .updateStatus();
    assertThat(reconcile(read("front"), "a_1", 7)).isEqualTo(Result.done());
    assertThat(ready("front").getStatus()).isEqualTo("True");
  }

  @Test
  void nothingIsWrittenWhenTheServersAreAsAsked() throws Exception {
    serve(create("front", 1));
    Deployment servers = deployment("front-web");
    reconcile(read("front"), "a_1", 7);
    assertThat(deployment("front-web")).isEqualTo(servers);
  }

  @Test
  void serversGoWhenThePageNoLongerAsksForThem() throws Exception {
    serve(create("front", 1));
    WebPage page = read("front");
    page.setSpec(WebPageSpec.of("x"));
    reconcile(client.resource(page).update(), "a_1", 7);
    assertThat(deployment("front-web")).isNull();
    assertThat(service("front-web")).isNull();
    assertThat(read("front").getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void pageIsDeletedOnlyAfterItsServers() throws Exception {
    serve(create("front", 1));
    client.resource(read("front")).delete();
    WebPage going = read("front");
    assertThat(going.isMarkedForDeletion()).isTrue();
    reconcile(going, "a_1", 7);
    assertThat(deployment("front-web")).isNull();
    assertThat(read("front")).isNull();
  }

  @Test
  void nameThatNoServiceCanHaveIsToldInTheStatus() throws Exception {
    serve(create("1st", 1));
    assertThat(ready("1st").getReason()).isEqualTo("UnsuitableName");
    assertThat(ready("1st").getMessage()).startsWith("A Service can't be named 1st-web: ");
  }

  @Test
  void workEndsEarlyWhenItIsInterrupted() {
    WebPageReconciler slow =
        new WebPageReconciler(client, NOON, new Chore(Duration.ofHours(1), false), "httpd:1");
    TestRequest<WebPage> request = TestRequest.of(client, create("front", "x"), "a_1", 7);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> slow.reconcile(request)).isInstanceOf(InterruptedException.class);
    assertThat(client.configMaps().inNamespace("test").list().getItems()).isEmpty();
  }

  @Test
  void stubbornWorkGoesOnWhenItIsInterrupted() throws Exception {
    Thread.currentThread().interrupt();
    new Chore(Duration.ofMillis(20), true).run();
    assertThat(Thread.interrupted()).isTrue();
  }

  private Result reconcile(WebPage page, String identity, long epoch) throws Exception {
    return reconciler.reconcile(TestRequest.of(client, page, identity, epoch));
  }

  private void serve(WebPage page) throws Exception {
    reconcile(page, "a_1", 7);
  }

  private WebPage create(String name, int servers) {
    WebPage page = WebPage.of("test", name, "x");
    page.setSpec(new WebPageSpec("x", servers));
    return client.resource(page).create();
  }

  private Deployment deployment(String name) {
    return client.apps().deployments().inNamespace("test").withName(name).get();
  }

  private Service service(String name) {
    return client.services().inNamespace("test").withName(name).get();
  }

  private WebPage create(String name, String html) {
    return client.resource(WebPage.of("test", name, html)).create();
  }

  private WebPage read(String name) {
    return client.resources(WebPage.class).inNamespace("test").withName(name).get();
  }

  private Condition ready(String name) {
    return read(name).getStatus().ready().orElseThrow();
  }

  private ConfigMap configMap(String name) {
    return client.configMaps().inNamespace("test").withName(name).get();
  }

  private static String version(WebPage page) {
    return page.getMetadata().getResourceVersion();
  }
}
