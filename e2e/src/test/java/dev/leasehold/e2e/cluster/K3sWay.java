package dev.leasehold.e2e.cluster;

import dev.leasehold.samples.cluster.ExternalControlPlane;
import dev.leasehold.samples.cluster.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * K3s in a container, by Testcontainers. It can't be killed or paused as a local control plane can.
 *
 * @param environment LEASEHOLD_K3S_IMAGE names another image than {@value #IMAGE}
 */
record K3sWay(Map<String, String> environment) implements Way {

  private static final Logger log = LoggerFactory.getLogger(K3sWay.class);
  private static final String IMAGE = "rancher/k3s:v1.33.4-k3s1";
  private static final String IMAGE_VARIABLE = "LEASEHOLD_K3S_IMAGE";

  @Override
  public String name() {
    return "Docker: K3s in a container";
  }

  @Override
  public Attempt attempt() {
    Optional<String> lack = DockerEngine.of(environment).lack();
    return lack.<Attempt>map(Attempt.Absent::new).orElseGet(this::run);
  }

  @SuppressWarnings("resource") // The control plane stops the container when it is closed.
  private Attempt run() {
    String image = environment.getOrDefault(IMAGE_VARIABLE, IMAGE);
    log.info("Starting {} in Docker; the first time it is pulled, 80 MB.", image);
    K3sContainer container =
        new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
    try {
      container.start();
      Path kubeconfig =
          Files.createTempFile(
              "leasehold-k3s-",
              ".kubeconfig",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(kubeconfig, container.getKubeConfigYaml());
      return new Attempt.Serves(
          ExternalControlPlane.of(kubeconfig, environment, () -> stop(container, kubeconfig)));
    } catch (IOException | RuntimeException e) {
      container.stop();
      return new Attempt.Broken(
          "an engine answers but " + image + " does not start in it (" + e.getMessage() + ")");
    }
  }

  private static void stop(K3sContainer container, Path kubeconfig) {
    container.stop();
    try {
      Files.deleteIfExists(kubeconfig);
    } catch (IOException e) {
      log.warn("{} is left behind: {}", kubeconfig, e.toString());
    }
  }
}
