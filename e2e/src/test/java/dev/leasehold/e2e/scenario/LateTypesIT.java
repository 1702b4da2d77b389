package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leasehold.controller.Controller;
import dev.leasehold.controller.ControllerManager;
import dev.leasehold.controller.Request;
import dev.leasehold.controller.Result;
import dev.leasehold.controller.Source;
import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.cluster.SchemalessType;
import dev.leasehold.samples.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A type that comes late or goes for a while, permissions that go and come back, and a cleanup, on
 * a real server.
 */
@ExtendWith(ControlPlaneExtension.class)
class LateTypesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String GROUP = "e2e.leasehold.dev";
  private static final ResourceDefinitionContext GADGETS =
      new ResourceDefinitionContext.Builder()
          .withGroup(GROUP)
          .withVersion("v1")
          .withKind("Gadget")
          .withPlural("gadgets")
          .withNamespaced(true)
          .build();
  private static final CustomResourceDefinition TYPE =
      SchemalessType.of(GROUP, "Gadget", "gadgets");

  private final LocalControlPlane plane;
  private final KubernetesClient admin;
  private final String namespace = "late-" + UUID.randomUUID().toString().substring(0, 8);
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

  LateTypesIT(LocalControlPlane plane) {
    this.plane = plane;
    this.admin = client(plane.kubeconfig());
  }

  @BeforeEach
  void createNamespace() {
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterEach
  void removeAndClose() {
    admin.namespaces().withName(namespace).delete();
    removeType();
    admin.close();
  }

  @Test
  void typeThatAppearsLaterIsReconciledAndCleanedUpWithoutARestart() throws Exception {
    try (ControllerManager manager = managerOfGadgets()) {
      manager.start();
      await().atMost(PATIENCE).until(() -> ready(manager).contains("gadgets.e2e.leasehold.dev"));

      createType();
      await().atMost(PATIENCE).until(() -> ready(manager).startsWith("200"));
      Resource<GenericKubernetesResource> gadget = create("one");

      await().atMost(PATIENCE).until(() -> isReconciled(gadget));
      assertThat(gadget.get().getFinalizers()).containsExactly("e2e.leasehold.dev/gadget");
      ConfigMap owned = admin.configMaps().inNamespace(namespace).withName("one").get();
      assertThat(owned.getData()).containsEntry("made", "by apply");
      assertThat(owned.getMetadata().getManagedFields())
          .anyMatch(fields -> fields.getManager().equals("gadgets.gadget"));

      gadget.delete();
      await().atMost(PATIENCE).until(() -> gadget.get() == null);
      assertThat(seen).contains("cleaned up one");
    }
  }

  @Test
  void typeThatGoesForAWhileIsToldInReadinessAndWhatIsCreatedAfterwardsIsReconciled()
      throws Exception {
    createType();
    try (ControllerManager manager = managerOfGadgets()) {
      manager.start();
      await().atMost(PATIENCE).until(() -> ready(manager).startsWith("200"));
      Resource<GenericKubernetesResource> before = create("before");
      await().atMost(PATIENCE).until(() -> isReconciled(before));

      removeType();
      assertThat(seen).contains("cleaned up before");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  ready(manager)
                      .contains(
                          "The resource type gadgets.e2e.leasehold.dev (e2e.leasehold.dev/v1) isn't served"));

      createType();
      Resource<GenericKubernetesResource> after = create("after");
      await().atMost(PATIENCE).until(() -> isReconciled(after));
      await().atMost(PATIENCE).until(() -> ready(manager).startsWith("200"));
      Resource<GenericKubernetesResource> last = create("last");
      await().atMost(PATIENCE).until(() -> isReconciled(last));
      // A replica has to be there for their cleanup, or else the type could never go.
      removeType();
      assertThat(seen).contains("cleaned up after", "cleaned up last");
    }
  }

  @Test
  void permissionThatIsTakenIsToldInReadinessAndHealsOnceItIsGivenBack() throws Exception {
    takeVerbsAndGiveThemBack(List.of("get"), "may not list and watch configmaps");
  }

  @Test
  void permissionToWatchThatAloneIsTakenIsToldInReadinessAndHealsOnceItIsGivenBack()
      throws Exception {
    takeVerbsAndGiveThemBack(
        List.of("get", "list"), "This account may not watch configmaps in namespace " + namespace);
  }

  /**
   * Takes verbs on config maps from the account of a replica that reads them, waits until it
   * complains, and gives them back.
   *
   * @param left the verbs that are not taken
   */
  private void takeVerbsAndGiveThemBack(List<String> left, String complaint) throws Exception {
    List<String> verbs = List.of("get", "list", "watch");
    String user = plane.login("restricted-7").user();
    allow(user, "leases", List.of("coordination.k8s.io"), "leases", List.of("*"));
    allow(user, "reading", List.of(""), "configmaps", verbs);
    try (KubernetesClient restricted = client(plane.kubeconfigFor("restricted-7"));
        ControllerManager manager = managerOfReader(restricted)) {
      await().atMost(PATIENCE).until(() -> maySee(restricted));
      manager.start();
      await().atMost(PATIENCE).until(() -> ready(manager).startsWith("200"));

      changeVerbs("reading", left);
      // A watch that stands outlives its permission; one that has to be begun again does not.
      plane.apiServer().kill();
      plane.apiServer().start();
      await().atMost(PATIENCE).until(() -> ready(manager).contains(complaint));

      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> admin.resource(configMap("while-blind")).create() != null);
      changeVerbs("reading", verbs);
      await().atMost(PATIENCE).until(() -> ready(manager).startsWith("200"));
      await().atMost(PATIENCE).until(() -> seen.contains("while-blind"));
      admin.resource(configMap("afterwards")).create();
      await().atMost(PATIENCE).until(() -> seen.contains("afterwards"));
    }
  }

  /** Notes the names of the config maps that it is called for. */
  private ControllerManager managerOfReader(KubernetesClient restricted) {
    ControllerManager manager =
        ControllerManager.builder(restricted)
            .component("reader")
            .namespace(namespace)
            .httpPort(0)
            .build();
    manager.register(
        Controller.of(ConfigMap.class)
            .namespaces(namespace)
            .reconciler(
                request -> {
                  seen.add(request.key().name());
                  return Result.done();
                }));
    return manager;
  }

  /** Gives each gadget a config map and a status, and notes its cleanup. */
  private ControllerManager managerOfGadgets() {
    ControllerManager manager =
        ControllerManager.builder(admin)
            .component("gadgets")
            .namespace(namespace)
            .httpPort(0)
            .waitForTypes()
            .build();
    manager.register(
        Controller.of(Source.of(GADGETS))
            .namespaces(namespace)
            .owns(ConfigMap.class)
            .cleanup(
                request -> {
                  seen.add("cleaned up " + request.key().name());
                  return Result.done();
                })
            .reconciler(this::reconcile));
    return manager;
  }

  private Result reconcile(Request<GenericKubernetesResource> request) {
    GenericKubernetesResource gadget = request.resource().orElse(null);
    if (gadget == null) {
      return Result.done();
    }
    request
        .writes()
        .apply(
            new ConfigMapBuilder(configMap(gadget.getMetadata().getName()))
                .editMetadata()
                .addToOwnerReferences(
                    new OwnerReferenceBuilder()
                        .withApiVersion(gadget.getApiVersion())
                        .withKind(gadget.getKind())
                        .withName(gadget.getMetadata().getName())
                        .withUid(gadget.getMetadata().getUid())
                        .withController(true)
                        .build())
                .endMetadata()
                .addToData("made", "by apply")
                .build());
    request
        .writes()
        .patchStatus(
            new GenericKubernetesResourceBuilder(gadget)
                .addToAdditionalProperties("status", Map.of("phase", "applied"))
                .build());
    return Result.done();
  }

  private void createType() {
    admin.resource(TYPE).create();
  }

  /** Deletes the type, if it is there, and all of its resources, and waits until they are gone. */
  private void removeType() {
    admin.resource(TYPE).delete();
    await().atMost(PATIENCE).until(() -> admin.resource(TYPE).get() == null);
  }

  /** Creates a gadget; a type that has just been created may not be served yet. */
  private Resource<GenericKubernetesResource> create(String name) {
    Resource<GenericKubernetesResource> gadget =
        admin.genericKubernetesResources(GADGETS).inNamespace(namespace).resource(gadget(name));
    await().atMost(PATIENCE).ignoreExceptions().until(() -> gadget.create() != null);
    return gadget;
  }

  private static boolean isReconciled(Resource<GenericKubernetesResource> gadget) {
    return "applied".equals(gadget.get().get("status", "phase"));
  }

  private void allow(
      String user, String name, List<String> groups, String resource, List<String> verbs) {
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addNewRule()
                .withApiGroups(groups)
                .withResources(resource)
                .withVerbs(verbs)
                .endRule()
                .build())
        .create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private void changeVerbs(String role, List<String> verbs) {
    admin
        .rbac()
        .roles()
        .inNamespace(namespace)
        .withName(role)
        .edit(before -> new RoleBuilder(before).editFirstRule().withVerbs(verbs).endRule().build());
  }

  private boolean maySee(KubernetesClient restricted) {
    try {
      restricted.configMaps().inNamespace(namespace).list();
      restricted.leases().inNamespace(namespace).list();
      return true;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  private GenericKubernetesResource gadget(String name) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(GROUP + "/v1")
        .withKind("Gadget")
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }

  /** The answer of the readiness probe: its code and its text. */
  private static String ready(ControllerManager manager) throws IOException, InterruptedException {
    int port = manager.httpAddress().orElseThrow().getPort();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build(),
                HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }
}
