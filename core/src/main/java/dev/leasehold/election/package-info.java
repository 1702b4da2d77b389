/**
 * The election of one leader by one lock, as a pure step function without IO, threads or clocks.
 *
 * <p>Guaranteed, where clock rates differ by less than lease duration : renew deadline: at any
 * moment at most one participant's term is valid, whatever is delayed, lost or repeated. Not
 * guaranteed: that work which ignores the end of its term stops; such work is fenced only by the
 * epoch it carries.
 */
@NullMarked
package dev.leasehold.election;

import org.jspecify.annotations.NullMarked;
