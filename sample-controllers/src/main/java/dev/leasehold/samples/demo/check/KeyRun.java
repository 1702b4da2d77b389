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
 * @param endNanos its end, or the process's death; {@link LedSpan#OPEN} if neither is known
 */
public record KeyRun(
    String process,
    String identity,
    String key,
    BucketId bucket,
    long epoch,
    long startNanos,
    long endNanos) {}
