package dev.leasehold.e2e.peers;

import dev.leasehold.e2e.peers.elector.Electors;
import dev.leasehold.election.Timings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** The process of one elector; it leaves in order on SIGTERM: first the library, then its work. */
final class Contestant {

  /** The same for all: the shortest that leave room for a retry. */
  static final Timings TIMINGS =
      new Timings(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(500));

  /** Where all their Leases are. */
  static final String NAMESPACE = "default";

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
    Electors electors =
        Electors.of(
            Library.valueOf(args[0]).electors(),
            new Electors.Setting(Path.of(args[1]), NAMESPACE, TIMINGS));
    Electors.Campaign campaign = electors.join(args[2], args[3], new Working(work));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  campaign.stop();
                  work.end();
                }));
    new CountDownLatch(1).await();
  }

  /** Works while it is told to. */
  private record Working(Work work) implements Electors.Listener {

    @Override
    public void leads(BooleanSupplier permitted) {
      work.begin(permitted);
    }

    @Override
    public void ceases() {
      work.end();
    }

    @Override
    public void knows(String leader) {
      work.knows(leader);
    }
  }
}
