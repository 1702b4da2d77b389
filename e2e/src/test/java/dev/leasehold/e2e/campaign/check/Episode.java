package dev.leasehold.e2e.campaign.check;

import java.time.Duration;

/**
 * One fault, or several at once, from before the first was injected until the replicas had
 * recovered from all.
 *
 * @param fault its name
 * @param fromNanos its beginning, on the machine's monotonic clock
 * @param untilNanos its end
 * @param atWorst how long the protocol leaves a bucket without a leader at worst, on machines that
 *     lose no time
 * @param allowed how long is no violation on this one
 */
public record Episode(
    String fault, long fromNanos, long untilNanos, Duration atWorst, Duration allowed) {}
