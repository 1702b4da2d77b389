package dev.leasehold.simulation;

/** Something that Leasehold promises did not hold. The message says what, and when. */
public final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What sort of promise was broken. */
  public enum Kind {
    /** Two may do what one may do, or an epoch didn't grow. */
    SAFETY,
    /** What has to come about didn't, or never ends. */
    PROGRESS,
    /** Something threw. */
    FAILURE
  }

  Violation(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Violation(String message, Throwable cause) {
    super(message, cause);
    this.kind = Kind.FAILURE;
  }

  /** What sort of promise was broken. */
  public Kind kind() {
    return kind;
  }
}
