/**
 * Electors of several libraries behind one face, each used as its documentation shows, for all that
 * compares them.
 */
@NullMarked
package dev.leasehold.e2e.peers.elector;

import org.jspecify.annotations.NullMarked;
