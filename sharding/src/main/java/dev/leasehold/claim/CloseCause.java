package dev.leasehold.claim;

/** Why a bucket is no longer dispatched here. */
public enum CloseCause {
  /** Another member is to have it; running work may finish. */
  HAND_OVER("handed over", true),
  /** This replica leaves and nobody else can run it; running work may finish. */
  RELEASE("released", true),
  /** The member's term is over. */
  TERM_OVER("the member's term is over", false),
  /** Its Lease names another holder. */
  TAKEN("taken by another", false),
  /** Its Lease was changed by somebody else. */
  EDITED("its Lease was changed by somebody else", false),
  /** Its Lease was deleted. */
  DELETED("its Lease was deleted", false);

  private final String text;
  private final boolean planned;

  CloseCause(String text, boolean planned) {
    this.text = text;
    this.planned = planned;
  }

  /** The cause in words, for a log line. */
  public String text() {
    return text;
  }

  /** Whether running work may finish, as the bucket is still held while it does. */
  public boolean isPlanned() {
    return planned;
  }
}
