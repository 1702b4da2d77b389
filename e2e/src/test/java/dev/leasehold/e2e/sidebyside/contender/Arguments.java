package dev.leasehold.e2e.sidebyside.contender;

import dev.leasehold.e2e.peers.elector.Electors;
import dev.leasehold.election.Timings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a contender was started with: {@code name=value} each. Immutable. */
record Arguments(Map<String, String> values) {

  static Arguments of(String... arguments) {
    return new Arguments(
        Stream.of(arguments)
            .map(each -> each.split("=", 2))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1])));
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The argument %s=... is missing.".formatted(name));
    }
    return value;
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  Timings timings() {
    return new Timings(millis("lease-millis"), millis("renew-millis"), millis("retry-millis"));
  }

  Duration millis(String name) {
    return Duration.ofMillis(number(name));
  }

  Path kubeconfig() {
    return Path.of(text("kubeconfig"));
  }

  Electors.Setting setting() {
    return new Electors.Setting(kubeconfig(), text("namespace"), timings());
  }

  /** A client as anybody would make it. */
  KubernetesClient client() {
    Config config = Config.fromKubeconfig(kubeconfig().toFile());
    config.setNamespace(text("namespace"));
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
