/**
 * Checks on what replicas did, as pure functions over their traces and over snapshots of the
 * cluster.
 *
 * <p>A trace is a file of JSON lines that one process writes; times in it are monotonic and
 * comparable on one machine only. Each check returns what is wrong, a sentence each, and an empty
 * list if nothing is. Nothing here reads a clock, the cluster or a file.
 *
 * <p>Not guaranteed: that a trace tells all. What a killed process had not yet written is unknown,
 * so a run that it began and did not trace is not seen.
 */
@NullMarked
package dev.leasehold.samples.demo.check;

import org.jspecify.annotations.NullMarked;
