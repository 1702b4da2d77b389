/**
 * The demo: replicas as processes, one killed, one asked to leave, one new, and checks on all of
 * it.
 *
 * <p>{@link dev.leasehold.samples.demo.DemoCommand} is the program's {@code demo} command. What it
 * says of who led what, when and for how long comes from the API server's Leases and from the
 * replicas' own traces; {@link dev.leasehold.samples.demo.check} decides whether that is right.
 *
 * <p>Guaranteed: processes, folders and cluster objects made here are gone at the end, also after
 * Ctrl-C; the processes also after the demo's own violent death. The files of a demo that failed
 * stay, and it says where. Not guaranteed: cluster objects after a violent death.
 */
@NullMarked
package dev.leasehold.samples.demo;

import org.jspecify.annotations.NullMarked;
