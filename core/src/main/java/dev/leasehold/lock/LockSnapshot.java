package dev.leasehold.lock;

/**
 * A lock as one version of it was seen.
 *
 * @param name the object's name
 * @param version which version this is
 * @param record what it says
 */
public record LockSnapshot(String name, Version version, LockRecord record) {}
