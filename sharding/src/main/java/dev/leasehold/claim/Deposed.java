package dev.leasehold.claim;

/** What a replica does after it has lost its membership, once its work has been told to stop. */
public enum Deposed {
  /** It joins again as a new member, and goes on in the same process. */
  REJOIN,
  /** It joins no more, so that the process can end and be started anew, by Kubernetes say. */
  EXIT
}
