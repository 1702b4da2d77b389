/**
 * A real API server for the demo and the tests, wherever one can be had.
 *
 * <p>{@link dev.leasehold.samples.cluster.ControlPlaneFinder} tries five ways in a fixed order: a
 * kubeconfig that the user names, programs in {@code KUBEBUILDER_ASSETS}, programs of an earlier
 * run in the user's cache folder, Docker, and a build from Debian's packages. {@link
 * dev.leasehold.samples.cluster.LocalControlPlane} is what programs on this machine become: one
 * etcd and one kube-apiserver on loopback, which can be killed, paused and restarted.
 *
 * <p>Guaranteed: the way that serves is logged, a failure lists all ways and what each lacked, and
 * nothing is skipped silently. Processes started here end with {@code close()}, with the JVM's
 * orderly end, and when the JVM is killed. A local API server keeps its address, its certificate
 * and its acknowledged writes over every fault that this package can cause.
 *
 * <p>Not guaranteed: survival of a machine's crash (etcd runs without fsync), nodes, pods, a
 * scheduler or garbage collection (there is no controller manager), or a Kubernetes version: the
 * Debian build is v1.20.2.
 */
@NullMarked
package dev.leasehold.samples.cluster;

import org.jspecify.annotations.NullMarked;
