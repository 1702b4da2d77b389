/**
 * Locks as the API server stores them: the record, its versions, writes with their outcomes, and
 * the watch that shows what became of them.
 *
 * <p>Guaranteed: every write is conditional (a create, or a replacement or deletion of one exact
 * version of one exact object); its outcome is one of a closed set, and "unknown" is said where the
 * write may still arrive. Not guaranteed: that a write is sent once only, or that a watch is alive;
 * whoever relies on it must see its own writes come back.
 */
@NullMarked
package dev.leasehold.lock;

import org.jspecify.annotations.NullMarked;
