/**
 * Members: the live replicas of a component, each holding a Lease of its own.
 *
 * <p>Guaranteed: a member that was fenced, or whose Lease was deleted, edited or replaced, never
 * leads again under that Lease; it joins as a new member. Not guaranteed: that a member which looks
 * alive is well; that is what readiness is for.
 */
@NullMarked
package dev.leasehold.member;

import org.jspecify.annotations.NullMarked;
