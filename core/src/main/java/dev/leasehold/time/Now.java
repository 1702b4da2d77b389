package dev.leasehold.time;

/**
 * One reading of both clocks of this machine.
 *
 * @param nanos monotonic nanoseconds from an arbitrary origin; compare by subtraction only
 * @param wallMillis milliseconds since 1970-01-01T00:00Z by the machine's own wall clock
 */
public record Now(long nanos, long wallMillis) {}
