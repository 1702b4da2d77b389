package dev.leasehold.samples.cluster;

/** A control plane did not start, or did not come back; the message says what its log ends with. */
public final class ControlPlaneFault extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String message;

  ControlPlaneFault(String message) {
    super(message);
    this.message = message;
  }

  ControlPlaneFault(String message, Throwable cause) {
    super(message, cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
