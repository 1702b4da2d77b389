package dev.leasehold.e2e.peers;

import dev.leasehold.e2e.peers.Candidate.Library;
import java.nio.file.Path;
import java.time.Duration;

/** The process of one candidate; it leaves in order on SIGTERM. */
final class Contestant {

  private Contestant() {}

  /**
   * Campaigns and works.
   *
   * @param args the library, the kubeconfig, the Lease, the identity, the trace, and two times of
   *     {@link Work} in milliseconds
   */
  public static void main(String[] args) throws Exception {
    Work work =
        new Work(
            Path.of(args[4]),
            Duration.ofMillis(Long.parseLong(args[5])),
            Duration.ofMillis(Long.parseLong(args[6])));
    Candidate candidate = Library.valueOf(args[0]).candidate(Path.of(args[1]), args[2], args[3]);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  candidate.stop();
                  work.end();
                }));
    candidate.campaign(work);
  }
}
