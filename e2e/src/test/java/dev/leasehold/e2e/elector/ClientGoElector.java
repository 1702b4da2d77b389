package dev.leasehold.e2e.elector;

import dev.leasehold.samples.cluster.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process of client-go's own example of leader election, as {@code build-control-plane.sh --with
 * leader-election} builds it: leases of 60 s, a retry each 5 s, released when asked to end.
 */
final class ClientGoElector implements AutoCloseable {

  private final Process process;

  private ClientGoElector(Process process) {
    this.process = process;
  }

  /** Starts one; its output goes to a file of its name in the folder. */
  static ClientGoElector start(
      ControlPlane plane, Path folder, String identity, String namespace, String lease)
      throws IOException {
    Path program =
        plane.kubectl().orElseThrow(() -> missing("kubectl")).resolveSibling("leader-election");
    if (!Files.isExecutable(program)) {
      throw missing(program.toString());
    }
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-kubeconfig=" + plane.kubeconfig(),
                "-id=" + identity,
                "-lease-lock-name=" + lease,
                "-lease-lock-namespace=" + namespace)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(identity + ".out").toFile())
            .start();
    return new ClientGoElector(process);
  }

  private static IllegalStateException missing(String program) {
    return new IllegalStateException(
        "There is no %s; run build-control-plane.sh --with leader-election, and unset LEASEHOLD_KUBECONFIG."
            .formatted(program));
  }

  /** Asks it to end, upon which it releases the lock, and waits for that. */
  void leave() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Kills it: it releases nothing. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
