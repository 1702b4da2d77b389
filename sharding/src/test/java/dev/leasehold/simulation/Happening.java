package dev.leasehold.simulation;

/**
 * What must happen somewhere in a run of many schedules, lest the run shows nothing: each is
 * counted.
 */
public enum Happening {
  /** A write was done, and its client was told that nobody knows, before it was done. */
  WRITE_DONE_AFTER_ITS_TIMEOUT,
  /** The same for a renewal of a member, to which it is a late echo. */
  RENEWAL_DONE_AFTER_ITS_TIMEOUT,
  /** The same for a bucket's change of hands. */
  CLAIM_DONE_AFTER_ITS_TIMEOUT,
  /** A write that arrived after its client's timeout and failed on the version. */
  LATE_WRITE_REFUSED_BY_ITS_VERSION,
  /** A write was done, and the reply was lost. */
  REPLY_LOST,
  /** A request never arrived. */
  REQUEST_LOST,
  /** The API server answered 5xx before it wrote. */
  SERVER_ERROR_BEFORE_WRITE,
  /** The API server answered 5xx after it had written. */
  SERVER_ERROR_AFTER_WRITE,
  /** The API server turned a request down. */
  REQUEST_REFUSED,
  /** A compare-and-swap failed. */
  CONFLICT,
  /** A watch went on after a disconnect from where it had been. */
  WATCH_RESUMED,
  /** A watch could not go on, and a new list hid what was between. */
  WATCH_HID_EVENTS,
  /** A watch that was dead without notice was restarted by its replica. */
  DEAD_WATCH_REFRESHED,
  /** A watch showed events a second time. */
  WATCH_REPEATED,
  /** A replica became a member. */
  JOINED,
  /** A member's term ran out. */
  TERM_EXPIRED,
  /** A member's Lease was deleted under it. */
  MEMBER_DELETED,
  /** A member's Lease was changed by somebody else. */
  MEMBER_EDITED,
  /** A lapsed member was fenced. */
  FENCED,
  /** A bucket was opened. */
  OPENED,
  /** A bucket went straight from one member to another. */
  HANDED_OVER,
  /** A bucket was handed over to a member whose process had died by then. */
  HANDED_OVER_TO_THE_DEAD,
  /** A bucket was closed because its Lease named somebody else. */
  CLOSED_TAKEN,
  /** A bucket was closed because its Lease was changed. */
  CLOSED_EDITED,
  /** A bucket was closed because its Lease was deleted. */
  CLOSED_DELETED,
  /** A bucket was closed because the member's term was over. */
  CLOSED_TERM_OVER,
  /** A bucket was released when nobody else could run it. */
  CLOSED_RELEASE,
  /** A replica left, having given everything away. */
  LEFT,
  /** A replica was killed because its leaving took too long. */
  KILLED_WHILE_LEAVING,
  /** A key began to run. */
  RUN_STARTED,
  /** A key was taken from the queue and put back, its permit having lapsed meanwhile. */
  RUN_PUT_BACK,
  /** A run was interrupted and ended. */
  RUN_INTERRUPTED,
  /** A run went on although it was interrupted. */
  RUN_IGNORED_INTERRUPT,
  /** A run was still going when its term was over and another replica led its bucket. */
  RUN_OUTLIVED_ITS_TERM,
  /** A run failed and was retried. */
  RUN_FAILED,
  /** A schedule ended healed: everything led, balanced, dispatched. */
  HEALED
}
