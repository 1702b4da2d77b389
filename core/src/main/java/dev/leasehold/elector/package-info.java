/**
 * Runs elections: the one loop thread, the IO, and the listeners.
 *
 * <p>{@link dev.leasehold.elector.LeaderElector} is plain leader election; {@link
 * dev.leasehold.elector.LeaderGate} is for programs that do nothing before they lead and end when
 * they no longer do. Both share locks with client-go.
 *
 * <p>Guaranteed: a listener that throws changes nothing; {@code onStop} is called before anything
 * that could let another begin. Not guaranteed: that a listener hears of a term while it still
 * stands; ask the {@link dev.leasehold.election.TermView} at the moment of acting.
 */
@NullMarked
package dev.leasehold.elector;

import org.jspecify.annotations.NullMarked;
