package dev.leasehold.e2e.campaign.fault;

import dev.leasehold.e2e.campaign.site.Site;
import dev.leasehold.election.Timings;
import java.time.Duration;
import java.util.Random;

/** Something that goes wrong. Immutable. */
public interface Fault {

  /** What it hits. Two faults are at work at once only if they hit different things. */
  enum Target {
    /** A replica's process. */
    REPLICA,
    /** The network between a replica and the API server. */
    NETWORK,
    /** The Leases, or the right to use them. */
    LEASES,
    /** The API server or its store. */
    PLANE
  }

  /** The end of one injection. */
  interface Cure {

    /** For what is over as soon as it has happened. */
    Cure NONE = () -> {};

    /** Ends the fault; what it has caused may take longer to mend. */
    void heal() throws Exception;
  }

  /** A few words, unique among all faults. */
  String name();

  /** What it hits. */
  Target target();

  /**
   * Makes it happen.
   *
   * @param site to what
   * @param random for all choices
   * @return what ends it
   */
  Cure inject(Site site, Random random) throws Exception;

  /** Whether it matters for how long it is left alone; if not, once alone is enough. */
  default boolean lasts() {
    return true;
  }

  /**
   * Whether, until it is healed, a replica that leads may hear of changes late, or fail to act on
   * them.
   */
  default boolean hinders() {
    return false;
  }

  /**
   * The timings of the slowest replica while it is at work.
   *
   * @param usual those of the others
   */
  default Timings timings(Timings usual) {
    return usual;
  }

  /**
   * For how long any leases of these periods leave a bucket without a leader: who counts on a lease
   * waits for its end, and who holds one stops before it.
   *
   * @param timings the replicas' timings
   * @param lasted from before it was injected until after it was healed
   */
  default Duration atLeast(Timings timings, Duration lasted) {
    return Duration.ZERO;
  }

  /**
   * For how long the protocol leaves a bucket without a leader at worst, on machines that lose no
   * time.
   *
   * @param timings the replicas' timings
   * @param lasted from before it was injected until after it was healed
   */
  Duration atWorst(Timings timings, Duration lasted);
}
