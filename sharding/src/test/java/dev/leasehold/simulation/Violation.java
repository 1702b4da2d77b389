package dev.leasehold.simulation;

/** Something that Leasehold promises did not hold. The message says what, and when. */
public final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Violation(String message, Throwable cause) {
    super(message, cause);
  }

  Violation(String message) {
    super(message);
  }
}
