package dev.leasehold.e2e.campaign.check;

/**
 * A change of an object that the API server has confirmed.
 *
 * @param key {@code namespace/name}
 * @param generation the object's generation after it
 * @param sentNanos when it was sent, on the machine's monotonic clock
 */
public record Change(String key, long generation, long sentNanos) {}
