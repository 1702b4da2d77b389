/**
 * Electors of other libraries beside ours: the same faults, the same periods, the same work, from
 * one run. Each contestant is a process of its own that traces its work; nobody is asked whether it
 * leads, only what it did counts.
 */
@NullMarked
package dev.leasehold.e2e.peers;

import org.jspecify.annotations.NullMarked;
