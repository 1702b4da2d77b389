/**
 * A trace of what a replica leads and does, for comparing the replicas of one machine.
 *
 * <p>Guaranteed: each event is one line that was handed to the operating system before the event's
 * listener returned, so it survives the process being killed; lines are in the order of their
 * {@code nanos}; a reconcile lies between the {@code nanos} of its {@code start} and its {@code
 * end}; a term that has been renewed stands until the last {@code validUntil} and no longer, if not
 * lost before. Several processes may append to one file.
 *
 * <p>Not guaranteed: survival of the machine's crash. Nor can {@code nanos} be compared between
 * machines: they are the monotonic clock's.
 */
@NullMarked
package dev.leasehold.samples.trace;

import org.jspecify.annotations.NullMarked;
