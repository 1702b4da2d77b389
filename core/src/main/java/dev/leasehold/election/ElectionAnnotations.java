package dev.leasehold.election;

/** The annotations that an election puts on its lock beside client-go's fields. */
public final class ElectionAnnotations {

  /**
   * Marks each write of an election: the election's run and a counter. A record is this process's
   * own only by this mark; an identity may be spelled twice.
   */
  public static final String WRITE = "leasehold.dev/write";

  /**
   * On an emptied lock: the identity that gave it up itself, after its work had stopped. Without it
   * an empty holder is somebody else's doing and the lock isn't free.
   */
  public static final String RELEASED = "leasehold.dev/released-by";

  private ElectionAnnotations() {}
}
