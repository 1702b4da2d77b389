/**
 * Kubernetes Events about buckets that change hands, so that {@code kubectl describe lease} tells
 * what happened.
 *
 * <p>Guaranteed: elections and queues never wait for them; they are bounded in memory and in number
 * for each minute. Not guaranteed: that an Event is written at all. What it would say is in the log
 * all the same.
 */
@NullMarked
package dev.leasehold.events;

import org.jspecify.annotations.NullMarked;
