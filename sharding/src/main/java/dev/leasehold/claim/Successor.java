package dev.leasehold.claim;

/**
 * A member as a bucket's Lease names it.
 *
 * @param uid the uid of its Lease
 * @param lease the name of its Lease
 * @param identity its identity
 * @param durationSeconds its lease duration
 */
record Successor(String uid, String lease, String identity, int durationSeconds) {}
