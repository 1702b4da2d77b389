package dev.leasehold.simulation;

/** What can go wrong around the replicas. */
public enum Fault {
  /** A process is stopped for a while (SIGSTOP, a long garbage collection); its clocks go on. */
  PAUSE,
  /** A machine is suspended for a while: its monotonic clock stands still. */
  SUSPEND,
  /** A process dies, and another one is started later. */
  CRASH,
  /** A process is asked to leave, and another one is started later. */
  LEAVE,
  /** Nothing of a replica reaches the API server. */
  CUT_UP,
  /** Nothing of the API server reaches a replica. */
  CUT_DOWN,
  /** Both. */
  CUT,
  /** Requests and replies take long, often longer than the timeout. */
  SLOW,
  /** Requests and replies are lost, or answered 5xx or 429. */
  LOSSY,
  /** The watch is disconnected and goes on. */
  WATCH_DROPPED,
  /** The watch is disconnected and its version has expired: a new list hides events. */
  WATCH_EXPIRED,
  /** The watch shows nothing more, and nobody says so. */
  WATCH_DEAD,
  /** The watch shows everything with a delay. */
  WATCH_LATE,
  /** The watch shows some events again. */
  WATCH_REPEATS,
  /** A wall clock is set, by hours or by seconds. */
  WALL_JUMP,
  /** An outsider deletes a bucket's Lease. */
  DELETE_BUCKET,
  /** An outsider deletes a member's Lease. */
  DELETE_MEMBER,
  /** An outsider deletes all Leases at once. */
  DELETE_ALL,
  /** An outsider empties a bucket's holder. */
  EMPTY_BUCKET,
  /** An outsider empties a member's holder. */
  EMPTY_MEMBER,
  /** An outsider changes what doesn't matter on a bucket's Lease. */
  EDIT_BUCKET,
  /** An outsider changes what doesn't matter on a member's Lease, or its state or duration. */
  EDIT_MEMBER,
  /** An outsider writes nonsense into a bucket's Lease. */
  GARBLE_BUCKET,
  /** An outsider writes nonsense into a member's Lease. */
  GARBLE_MEMBER,
  /** An outsider gives a bucket to another member. */
  STEAL_BUCKET,
  /** An outsider writes another member's name into a member's Lease. */
  STEAL_MEMBER,
  /** An outsider takes a label off a bucket's Lease for a while, so that no watch shows it. */
  RELABEL_BUCKET,
  /** The same with a member's Lease. */
  RELABEL_MEMBER
}
