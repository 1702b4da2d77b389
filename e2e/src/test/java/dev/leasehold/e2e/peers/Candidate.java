package dev.leasehold.e2e.peers;

import dev.leasehold.election.Timings;
import java.nio.file.Path;
import java.time.Duration;

/** One library's elector, used as its documentation shows. */
interface Candidate {

  /** The same for all: the shortest that leave room for a retry. */
  Timings TIMINGS =
      new Timings(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(500));

  /** Where all their Leases are. */
  String NAMESPACE = "default";

  /** The libraries. */
  enum Library {
    LEASEHOLD("Leasehold"),
    FABRIC8("fabric8"),
    CLIENT_JAVA("client-java");

    private final String title;

    Library(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    Candidate candidate(Path kubeconfig, String lease, String identity) throws Exception {
      return switch (this) {
        case LEASEHOLD -> new LeaseholdCandidate(kubeconfig, lease, identity);
        case FABRIC8 -> new Fabric8Candidate(kubeconfig, lease, identity);
        case CLIENT_JAVA -> new ClientJavaCandidate(kubeconfig, lease, identity);
      };
    }
  }

  /**
   * Campaigns, again after each loss, until it is stopped; doesn't return before.
   *
   * @param work begun and ended by the library's callbacks
   */
  void campaign(Work work) throws Exception;

  /** The library's way to leave in order; called by another thread. */
  void stop();
}
