package dev.leasehold.samples.demo.check;

/**
 * One reconcile of one key.
 *
 * @param process where it ran
 * @param identity the member that ran it
 * @param key {@code namespace/name}
 * @param bucket the bucket that it was taken for
 * @param epoch under which epoch, unsigned
 * @param startNanos its start
 * @param validUntilNanos the end of the member's term, as known when it started; {@link
 *     LedSpan#OPEN} if that isn't known
 * @param endNanos its end, or its thread's next line or the process's death if no end is told;
 *     {@link LedSpan#OPEN} if nothing of that is known
 */
public record KeyRun(
    String process,
    String identity,
    String key,
    BucketId bucket,
    long epoch,
    long startNanos,
    long validUntilNanos,
    long endNanos) {

  /** The same with another start. */
  public KeyRun beganAt(long nanos) {
    return new KeyRun(process, identity, key, bucket, epoch, nanos, validUntilNanos, endNanos);
  }

  /** The same with another end. */
  public KeyRun endedAt(long nanos) {
    return new KeyRun(process, identity, key, bucket, epoch, startNanos, validUntilNanos, nanos);
  }

  @Override
  public String toString() {
    return "The reconcile of %s by %s (bucket %s, epoch %s)"
        .formatted(key, identity, bucket, Long.toUnsignedString(epoch));
  }
}
