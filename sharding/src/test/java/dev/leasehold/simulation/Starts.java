package dev.leasehold.simulation;

/**
 * Starts processes, and not too soon: a replica that finds no Lease of its component at all takes
 * buckets at once, which Leasehold doesn't promise to survive where an outsider has just removed
 * all of them under others.
 */
final class Starts {

  private final VirtualTime time;
  private int pending;
  private long from;

  Starts(VirtualTime time) {
    this.time = time;
  }

  /** Starts a process after a time, if none runs by then. */
  void after(long nanos, Replica replica) {
    pending++;
    time.after(
        nanos,
        () -> {
          pending--;
          if (time.now() < from) {
            after(from - time.now(), replica);
          } else if (!replica.isUp()) {
            replica.start();
          }
        });
  }

  /** Lets nothing start for so long. */
  void noneFor(long nanos) {
    from = Math.max(from, time.now() + nanos);
  }

  /** Whether a process is still to be started. */
  boolean arePending() {
    return pending > 0;
  }
}
