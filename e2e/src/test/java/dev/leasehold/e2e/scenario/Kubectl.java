package dev.leasehold.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.samples.cluster.ControlPlane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The kubectl of a control plane, for one namespace. */
record Kubectl(ControlPlane plane, String namespace) {

  /** Runs it and returns what it printed; fails with that if it ends with an error. */
  String run(String... arguments) throws IOException, InterruptedException {
    String program =
        plane
            .kubectl()
            .orElseThrow(
                () -> new AssertionError("This test needs kubectl, and none is known here."))
            .toString();
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--kubeconfig", plane.kubeconfig().toString(), "-n", namespace));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
