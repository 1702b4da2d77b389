package dev.leasehold.claim;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.lock.Shown;
import java.time.Duration;
import java.util.Locale;

/**
 * How one bucket changed hands, as seen by the replica that wrote the change: the giver of a bucket
 * that is handed over, the taker of any other.
 *
 * @param bucket the bucket
 * @param from the identity that held it before; empty if nobody did
 * @param to the identity that holds it now
 * @param reason why
 * @param epoch the epoch that began with it, an unsigned 64-bit number
 * @param leaseUid the uid of the bucket's Lease
 * @param silence from when the taker last saw the dead holder renew until it sent the write; zero
 *     for any other reason than {@link Reason#CRASH}, and if the holder was never seen
 * @param drain from its closing until the last of its running keys ended; zero for a taker
 * @param write from the sending of the write until its answer, or until the watch showed it if that
 *     was sooner
 * @param watch from the answer until the watch showed the change, upon which the new holder opens
 *     the bucket; zero if it was shown before the answer came
 */
public record ChangeOfHands(
    Bucket bucket,
    String from,
    String to,
    Reason reason,
    long epoch,
    String leaseUid,
    Duration silence,
    Duration drain,
    Duration write,
    Duration watch) {

  /** Makes the identities harmless: anybody may have written them, and they go into log lines. */
  public ChangeOfHands {
    from = Shown.identity(from);
    to = Shown.identity(to);
  }

  /** Why a bucket changes hands. */
  public enum Reason {
    /** The new holder has joined and gets its share. */
    JOIN,
    /** The old holder leaves. */
    LEAVE,
    /** The old holder has died, or is no member any more. */
    CRASH,
    /** Shares have to be evened out, though nobody has just joined. */
    REBALANCE,
    /** Nobody held it: at a first start, or after its Lease was released, emptied or deleted. */
    FREE,
    /** The old holder was an earlier life of the process that gives it or takes it. */
    RETURN;

    /** The reason in one word, in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether the holder before gave the bucket away, rather than the new one took it. */
  public boolean isGiven() {
    return reason == Reason.JOIN || reason == Reason.LEAVE || reason == Reason.REBALANCE;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s -> %s (%s), epoch %s: %s %.1f ms, written in %.1f ms, seen in %.1f ms",
        bucket,
        from.isEmpty() ? "nobody" : from,
        to,
        reason.word(),
        Long.toUnsignedString(epoch),
        reason == Reason.CRASH ? "silent for" : "drained in",
        millis(reason == Reason.CRASH ? silence : drain),
        millis(write),
        millis(watch));
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
