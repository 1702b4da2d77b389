package dev.leasehold.election;

/**
 * What one participant brings to an election.
 *
 * @param identity what it writes as the holder; not empty
 * @param run a string that no other process, and no other election of this one, uses: it marks the
 *     writes of this election, since an identity may be spelled twice
 * @param timings the periods
 * @param lockKind whether others compete for the lock
 */
public record ElectionSettings(String identity, String run, Timings timings, LockKind lockKind) {

  /** Checks that there is an identity. */
  public ElectionSettings {
    if (identity.isEmpty()) {
      throw new IllegalArgumentException("An election needs an identity that is not empty.");
    }
  }

  /** Who may hold the lock. */
  public enum LockKind {
    /** Any participant may take it; after a loss one campaigns again. Given up by emptying it. */
    SHARED,
    /**
     * Its name is this participant's own, so nobody else creates it, and it carries one term: after
     * a loss the election is over. Given up by deleting it.
     */
    OWN
  }
}
