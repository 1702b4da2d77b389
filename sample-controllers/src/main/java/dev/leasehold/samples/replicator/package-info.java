/**
 * Watch and write back, with one bucket: ConfigMaps that ask for it are copied into other
 * namespaces.
 *
 * <p>Guaranteed: one replica copies at a time; each source's copies hold its data soon after a
 * change of either; a copy whose source is gone is deleted, also if nobody led when that happened;
 * a ConfigMap that isn't a copy is never touched; the source names the namespaces in which its copy
 * is in step.
 *
 * <p>Not guaranteed: that copies in a namespace that is no longer a target are deleted, since
 * nobody looks there any more.
 */
@NullMarked
package dev.leasehold.samples.replicator;

import org.jspecify.annotations.NullMarked;
