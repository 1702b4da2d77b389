/**
 * The control plane that all end-to-end tests of a JVM share, and K3s as one more way to it.
 *
 * <p>Guaranteed: a test class with {@link dev.leasehold.e2e.cluster.ControlPlaneExtension} gets a
 * ready API server or fails, naming what each way to one lacked; it is never skipped. Not
 * guaranteed: an empty API server. Each test names its objects so that no other test's are in the
 * way, and whoever pauses or kills a server brings it back.
 */
@NullMarked
package dev.leasehold.e2e.cluster;

import org.jspecify.annotations.NullMarked;
