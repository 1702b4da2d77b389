package dev.leasehold.samples.cluster;

/** No way to a control plane serves; the message lists all of them and what each lacked. */
public final class NoControlPlaneException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoControlPlaneException(String message) {
    super(message);
  }
}
