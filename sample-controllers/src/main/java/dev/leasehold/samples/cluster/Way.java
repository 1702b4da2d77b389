package dev.leasehold.samples.cluster;

/**
 * One way to a control plane, tried by {@link ControlPlaneFinder}.
 *
 * <p>An attempt may block: seconds where programs are started, minutes where they are built. It
 * leaves nothing running unless it serves.
 */
public interface Way {

  /** What this way is, in a few words that fit into a list, such as {@code Docker: K3s}. */
  String name();

  /** Tries this way; a failure is an answer, not an exception. */
  Attempt attempt();

  /** What came of trying a way. */
  sealed interface Attempt {

    /**
     * The way serves; the caller closes the control plane.
     *
     * @param plane ready for requests
     */
    record Serves(ControlPlane plane) implements Attempt {}

    /**
     * The way is not there on this machine, which is ordinary.
     *
     * @param lacks what is missing, as a clause without a full stop
     */
    record Absent(String lacks) implements Attempt {}

    /**
     * The way is there but doesn't work, which somebody should know.
     *
     * @param fault what is wrong with it, as a clause without a full stop
     */
    record Broken(String fault) implements Attempt {}
  }
}
