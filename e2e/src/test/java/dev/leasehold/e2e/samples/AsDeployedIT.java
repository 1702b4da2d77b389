package dev.leasehold.e2e.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.e2e.replica.Replica;
import dev.leasehold.samples.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example overlay, applied by kubectl; then its Deployment's command as its account. */
@ExtendWith(ControlPlaneExtension.class)
class AsDeployedIT {

  private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
  private static final String NAMESPACE = "leasehold-samples";

  private final ControlPlane plane;
  private final Path folder;

  AsDeployedIT(ControlPlane plane, @TempDir Path folder) {
    this.plane = plane;
    this.folder = folder;
  }

  @Test
  void theExampleIsAppliedByOneCommandAndItsDeploymentsCommandRunsAsItsAccount() throws Exception {
    try (KubernetesClient admin = admin()) {
      kubectl("apply", "-k", overlay(admin).toString());
      Deployment deployed =
          admin.apps().deployments().inNamespace(NAMESPACE).withName("samples").get();
      PodSpec pod = deployed.getSpec().getTemplate().getSpec();
      Container container = pod.getContainers().get(0);
      assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(25);
      assertThat(container.getImage()).isEqualTo("leasehold-samples:0.1.0-SNAPSHOT");

      try (Replica replica =
          Replica.command("pod", folder, arguments(container, pod.getServiceAccountName()))) {
        Place.awaitAsserted(
            () ->
                assertThat(replica.get("/readyz"))
                    .as(replica.log())
                    .hasValueSatisfying(ready -> assertThat(ready.statusCode()).isEqualTo(200)));
        String examples = DEPLOY.resolve("examples").toString();
        kubectl("apply", "-n", NAMESPACE, "-f", examples);
        Place.awaitAsserted(
            () -> {
              assertThat(kubectl("get", "webpages", "-n", NAMESPACE)).contains("hello");
              assertThat(kubectl("get", "configmaps", "-n", NAMESPACE)).contains("hello-html");
              assertThat(kubectl("get", "configmaps", "-n", "team-a")).contains("colours");
              assertThat(notesOn("api")).contains("samples.leasehold.dev/publish-problem");
              assertThat(replica.get("/routes").orElseThrow().body())
                  .isEqualTo("shop.example.org shop\n");
            });
      }
    }
  }

  /** Nobody answers for the registry's name here, and the note says so. */
  private String notesOn(String service) throws Exception {
    return kubectl(
        "get", "service", service, "-n", NAMESPACE, "-o", "jsonpath={.metadata.annotations}");
  }

  /** What the pod's container would be told, and in its place the token and a free port. */
  private List<String> arguments(Container container, String account) throws Exception {
    String token = kubectl("create", "token", account, "-n", NAMESPACE).strip();
    Path kubeconfig =
        Files.writeString(
            folder.resolve("account"),
            Files.readString(plane.kubeconfig())
                .replaceAll("(\"?token\"?: *\"?)[^\"\\n]+", "$1" + token));
    List<String> arguments = new ArrayList<>(container.getArgs());
    arguments.remove("--http-port=8080");
    arguments.addAll(
        List.of("--http-port=0", "--kubeconfig=" + kubeconfig, "--namespace=" + NAMESPACE));
    return arguments;
  }

  /** The example, or, for an API server older than policy/v1, one that asks for v1beta1. */
  private Path overlay(KubernetesClient admin) throws IOException {
    Path example = DEPLOY.resolve("overlays/example");
    boolean isOld = Integer.parseInt(minor(admin)) < 21;
    if (!isOld) {
      return example;
    }
    Path overlay = Files.createDirectory(folder.resolve("overlay"));
    Files.writeString(
        overlay.resolve("kustomization.yaml"),
        """
        resources:
          - %s
        patches:
          - target:
              kind: PodDisruptionBudget
            patch: |-
              - op: replace
                path: /apiVersion
                value: policy/v1beta1
        """
            .formatted(overlay.toRealPath().relativize(example.toRealPath())));
    return overlay;
  }

  private static String minor(KubernetesClient admin) {
    return admin.getKubernetesVersion().getMinor().replaceAll("\\D", "");
  }

  private String kubectl(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                plane
                    .kubectl()
                    .orElseThrow(() -> new AssertionError("This test needs kubectl."))
                    .toString(),
                "--kubeconfig",
                plane.kubeconfig().toString()));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("kubectl.err");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return output;
  }

  private KubernetesClient admin() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(plane.kubeconfig().toFile()))
        .build();
  }
}
