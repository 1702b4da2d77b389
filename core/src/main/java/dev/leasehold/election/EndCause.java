package dev.leasehold.election;

/** Why a term ended. */
public enum EndCause {
  /** The participant asked to leave. */
  RESIGNED("resigned"),
  /** No renewal came back in time. */
  EXPIRED("no renewal came back before the renew deadline"),
  /** Another holder, or a fence, took the lock. */
  TAKEN("another holder took the lock"),
  /** Somebody else changed the lock. */
  EDITED("somebody else changed the lock"),
  /** The lock was deleted. */
  DELETED("the lock was deleted");

  private final String text;

  EndCause(String text) {
    this.text = text;
  }

  /** The cause in words, for a log line. */
  public String text() {
    return text;
  }
}
