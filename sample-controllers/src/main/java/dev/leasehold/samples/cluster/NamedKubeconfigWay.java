package dev.leasehold.samples.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster that the user names by a kubeconfig: the system property {@value #PROPERTY}, else the
 * variable {@value #VARIABLE}. The kubeconfig that kubectl would take by itself is never touched.
 *
 * @param named the file, if one was named
 * @param environment where a kubectl is looked for
 */
record NamedKubeconfigWay(Optional<Path> named, Map<String, String> environment) implements Way {

  static final String PROPERTY = "leasehold.kubeconfig";
  static final String VARIABLE = "LEASEHOLD_KUBECONFIG";

  static NamedKubeconfigWay of(Map<String, String> environment) {
    String value = System.getProperty(PROPERTY, environment.getOrDefault(VARIABLE, "")).strip();
    return new NamedKubeconfigWay(
        value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value).toAbsolutePath()),
        environment);
  }

  @Override
  public String name() {
    return "a kubeconfig named by " + VARIABLE + " or -D" + PROPERTY;
  }

  @Override
  public Attempt attempt() {
    if (named.isEmpty()) {
      return new Attempt.Absent("neither is set");
    }
    Path file = named.get();
    if (!Files.isReadable(file)) {
      return new Attempt.Broken("the file " + file + " can't be read");
    }
    try {
      return new Attempt.Serves(ExternalControlPlane.of(file, environment, () -> {}));
    } catch (ControlPlaneFault e) {
      return new Attempt.Broken(e.getMessage());
    }
  }
}
