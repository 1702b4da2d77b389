/**
 * Plain election: a program that does nothing before it leads, and ends when it no longer does.
 *
 * <p>Guaranteed: its HTTP port answers before the first election; at most one process leads at any
 * moment; the lock is released only after the work has stopped. Not guaranteed: that the work of a
 * leader that was paused has stopped when the next one begins; that is what the epoch is for.
 */
@NullMarked
package dev.leasehold.samples.plain;

import org.jspecify.annotations.NullMarked;
