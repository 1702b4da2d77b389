package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket's change of hands as this replica's watch has shown it, whoever brought it about. For
 * people; nothing is decided by it.
 *
 * @param bucket which bucket
 * @param fromUid the member uid of the holder before; empty if there was none
 * @param from the identity of the holder before, as the Lease had it; empty if there was none
 * @param toUid the member uid of the new holder
 * @param to the identity of the new holder
 * @param cause how it came
 * @param unled for how long nobody worked on the bucket; empty if this replica can't know: of a
 *     bucket that was handed over only its giver does
 * @param seenNanos when it was seen, on the monotonic clock
 */
public record SeenMove(
    Bucket bucket,
    String fromUid,
    String from,
    String toUid,
    String to,
    Cause cause,
    Optional<Duration> unled,
    long seenNanos) {

  /** How a bucket came to its new holder. */
  public enum Cause {
    /** Its holder gave it away; counted from its closing there. */
    HANDED_OVER("handed over"),
    /** Its holder was dead; counted from the last renewal of it that was seen. */
    TAKEN_FROM_THE_DEAD("taken from the dead"),
    /** Nobody held it; counted from when that was seen. */
    FREE("was free"),
    /** Somebody else has put another name there. */
    EDITED("changed from outside");

    private final String text;

    Cause(String text) {
      this.text = text;
    }

    /** The cause in words. */
    public String text() {
      return text;
    }
  }

  SeenMove measured(Duration duration) {
    return new SeenMove(bucket, fromUid, from, toUid, to, cause, Optional.of(duration), seenNanos);
  }
}
