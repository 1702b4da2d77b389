package dev.leasehold.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leasehold.samples.cluster.ControlPlane;
import dev.leasehold.samples.cluster.Login;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every other end-to-end test takes for granted of an API server. */
@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final KubernetesClient client;

  ControlPlaneIT(ControlPlane plane) {
    this.plane = plane;
    this.client = Clients.of(plane.kubeconfig());
  }

  @BeforeEach
  @AfterEach
  void removeLeases() {
    client.leases().inNamespace(Leases.NAMESPACE).withLabel(Leases.LABEL).delete();
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void staleWriteOfALeaseIsRefused() {
    Lease first = client.resource(Leases.of("stale", "a")).create();
    client.resource(Leases.heldBy(first, "b")).update();

    assertRefused(
        HttpURLConnection.HTTP_CONFLICT, () -> client.resource(Leases.heldBy(first, "c")).update());

    assertThat(client.resource(first).get().getSpec().getHolderIdentity()).isEqualTo("b");
  }

  @Test
  void writeToADeletedLeaseDoesNotBringItBack() {
    Lease lease = client.resource(Leases.of("deleted", "a")).create();
    assertThat(lease.getMetadata().getUid()).isNotEmpty();
    client.resource(lease).delete();

    assertRefused(
        HttpURLConnection.HTTP_CONFLICT, () -> client.resource(Leases.heldBy(lease, "b")).update());

    assertThat(client.resource(lease).get()).isNull();
  }

  @Test
  void customResourceIsCreatedAndChanged() {
    CustomResourceDefinition definition = SchemalessType.of("test.leasehold.dev", "Cup", "cups");
    client.resource(definition).createOr(existing -> existing.update());
    GenericKubernetesResource cup = cup();

    // A new definition is served a moment after it has been accepted.
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
        .until(() -> client.resource(cup).create() != null);
    client.resource(cup).edit(ControlPlaneIT::filled);

    GenericKubernetesResource read = client.resource(cup).get();
    assertThat(read.<Integer>get("spec", "size")).isEqualTo(4);
    client.resource(definition).delete();
  }

  @Test
  void kubectlListsLeases() throws IOException, InterruptedException {
    client.resource(Leases.of("seen-by-kubectl", "somebody")).create();
    assertThat(plane.kubectl()).as("a kubectl for " + plane.address()).isPresent();

    Process kubectl =
        new ProcessBuilder(
                plane.kubectl().orElseThrow().toString(),
                "--kubeconfig=" + plane.kubeconfig(),
                "get",
                "leases")
            .redirectErrorStream(true)
            .start();
    String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(kubectl.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("seen-by-kubectl +somebody");
  }

  @Test
  void userHasNoRightsButThoseThatARoleGives() {
    assertRightsComeFromRoles(plane.login("restricted-1"));
  }

  @Test
  void userOfANamedClusterHasNoRightsButThoseThatARoleGives() {
    Map<String, String> environment = Map.of("LEASEHOLD_KUBECONFIG", plane.kubeconfig().toString());
    Login login;
    try (ControlPlane named = ControlPlaneExtension.finder(environment).find()) {
      assertThat(named.address().getPort()).isEqualTo(plane.address().getPort());
      login = named.login("restricted-1");
      assertThat(login.user()).startsWith("system:serviceaccount:");
      assertRightsComeFromRoles(login);
    }

    assertThat(login.kubeconfig()).doesNotExist();
    assertThat(client.serviceAccounts().inNamespace(Leases.NAMESPACE).list().getItems())
        .noneMatch(account -> account.getMetadata().getName().startsWith("leasehold-"));
  }

  private void assertRightsComeFromRoles(Login login) {
    try (KubernetesClient restricted = Clients.of(login.kubeconfig())) {
      assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> countLeases(restricted));

      grantReadingLeases(login.user());

      await()
          .atMost(PATIENCE)
          .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
          .until(() -> countLeases(restricted) >= 0);
      assertRefused(
          HttpURLConnection.HTTP_FORBIDDEN,
          () -> restricted.resource(Leases.of("forbidden", "x")).create());
    } finally {
      client.rbac().roleBindings().inNamespace(Leases.NAMESPACE).withName("lease-reader").delete();
      client.rbac().roles().inNamespace(Leases.NAMESPACE).withName("lease-reader").delete();
    }
  }

  private static int countLeases(KubernetesClient reader) {
    return reader.leases().inNamespace(Leases.NAMESPACE).list().getItems().size();
  }

  private void grantReadingLeases(String user) {
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName("lease-reader")
                .withNamespace(Leases.NAMESPACE)
                .endMetadata()
                .addNewRule()
                .withApiGroups("coordination.k8s.io")
                .withResources("leases")
                .withVerbs("list")
                .endRule()
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("lease-reader")
                .withNamespace(Leases.NAMESPACE)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "lease-reader")
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private static void assertRefused(int code, ThrowingCallable request) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refusal -> assertThat(refusal.getCode()).as(refusal.getMessage()).isEqualTo(code));
  }

  private static GenericKubernetesResource cup() {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("test.leasehold.dev/v1")
        .withKind("Cup")
        .withNewMetadata()
        .withName("cup")
        .withNamespace(Leases.NAMESPACE)
        .endMetadata()
        .addToAdditionalProperties("spec", Map.of("size", 3))
        .build();
  }

  private static GenericKubernetesResource filled(GenericKubernetesResource cup) {
    cup.setAdditionalProperty("spec", Map.of("size", 4));
    return cup;
  }
}
