package dev.leasehold.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leasehold.samples.cluster.ControlPlane;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A user's shell: with {@code kubectl} and {@code java} in its PATH and a kubeconfig in its
 * environment.
 */
record Shell(ControlPlane plane, Path folder) {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Runs a script to its end and returns what it printed; fails if it does. */
  String run(Path where, String script) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "shell", ".out");
    Process process = start(where, script, output);
    boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String printed = Files.readString(output);
    assertThat(ended).as("%s ends%n%s", script, printed).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", script, printed).isZero();
    return printed;
  }

  /** Starts a script. */
  Process start(Path where, String script, Path output) throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", script)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Path java = Path.of(System.getProperty("java.home"), "bin");
    Path kubectl =
        plane
            .kubectl()
            .orElseThrow(() -> new AssertionError("This test needs kubectl."))
            .toAbsolutePath()
            .resolveSibling("");
    shell
        .environment()
        .merge("PATH", java + File.pathSeparator + kubectl, (old, own) -> own + ":" + old);
    shell.environment().put("KUBECONFIG", plane.kubeconfig().toString());
    shell.environment().put("JAVA_TOOL_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=1");
    return shell.start();
  }
}
