package dev.leasehold.e2e.campaign.check;

/**
 * What a watch showed of an object's status.
 *
 * @param key {@code namespace/name}
 * @param atNanos when it was seen, on the machine's monotonic clock
 * @param generation which generation the status is of; 0 for none
 * @param epoch under which epoch it was written, unsigned; 0 for none
 */
public record PageSight(String key, long atNanos, long generation, long epoch) {}
