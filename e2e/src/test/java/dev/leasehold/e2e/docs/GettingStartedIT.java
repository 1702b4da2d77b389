package dev.leasehold.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.e2e.cluster.ControlPlaneExtension;
import dev.leasehold.samples.cluster.ControlPlane;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page that a newcomer follows, in their order, behind those of Maven. */
@ExtendWith(ControlPlaneExtension.class)
class GettingStartedIT {

  private static final String PAGE = "docs/getting-started.md";

  private final Shell shell;
  private final Path folder;

  GettingStartedIT(ControlPlane plane, @TempDir Path folder) {
    this.shell = new Shell(plane, folder);
    this.folder = folder;
  }

  @Test
  void pageLeadsToAGreetingAndToLeasesThatAreHandedOver() throws Exception {
    String first = freePort();
    String second = freePort();
    StringBuilder script = new StringBuilder("set -em\n");
    for (Block block : Block.in(PAGE)) {
      if (block.is("sh")) {
        block.lines().stream()
            .filter(line -> !line.startsWith("mvn "))
            .forEach(
                line ->
                    script
                        .append(waitBefore(line, script.indexOf("kill %1") >= 0))
                        .append(line)
                        .append("\necho\n"));
      }
    }
    String printed =
        shell.run(
            folder,
            script
                .toString()
                .replace("8081", first)
                .replace("8082", second)
                .replace(
                    "target/classes:target/dependency/*", System.getProperty("java.class.path")));
    List<String> lines = printed.lines().toList();
    assertThat(lines).contains("Hello, World!", "ok");
    int killed = lines.indexOf("kill");
    assertThat(holders(lines.subList(0, killed))).hasSize(2);
    assertThat(holders(lines.subList(killed, lines.size()))).hasSize(1);
    assertThat(printed).contains("\"leading\":true");
  }

  /** What a reader's own slowness does: until what the page shows next has come about. */
  private static String waitBefore(String line, boolean hasKilled) {
    if (line.startsWith("kubectl create")) {
      return "kubectl delete configmap world -n default --ignore-not-found\n";
    }
    if (line.startsWith("kubectl get configmap")) {
      return "until kubectl get configmap world -o yaml -n default | grep -q Hello; do sleep 0.2; done\n";
    }
    if (line.equals("kill %1")) {
      return "echo kill\n";
    }
    if (line.equals("kubectl get leases -n default")) {
      return hasKilled
          ? "wait %1 || true\n"
          : """
            holders() { kubectl get leases -n default -l leasehold.dev/component=greeter,leasehold.dev/role=bucket -o jsonpath='{.items[*].spec.holderIdentity}'; }
            until [ "$(holders | tr ' ' '\\n' | sort -u | wc -l)" = 2 ]; do sleep 0.2; done
            """;
    }
    return "";
  }

  /** The holders of buckets in what {@code kubectl get leases} has printed. */
  private static List<String> holders(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("greeter.greeting."))
        .map(line -> line.split(" +", 3)[1])
        .distinct()
        .toList();
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
