/**
 * Replicas of a component in virtual time, in one thread, with everything going wrong around them:
 * for Leasehold's own tests, and for tests of one's own reconcilers.
 *
 * <p>The elections, claims, hand-overs and queues are the real ones. What is simulated is what they
 * are given: clocks that run at rates of their own and are set; processes that are paused,
 * suspended, killed and asked to leave; an API server with compare-and-swap; a network that delays,
 * loses and cuts; a watch that lags, repeats, skips and dies; outsiders who edit, empty, give away,
 * hide and delete Leases; caches that are filled late; and the runs of a reconciler, which take
 * virtual time. {@link dev.leasehold.simulation.Simulation} sets one up and runs it; {@link
 * dev.leasehold.simulation.SimulatedReconciler} is what one writes oneself.
 *
 * <p>Guaranteed: the same seed and settings bring the same events, on any machine. After every
 * event at most one process could start a key of a bucket, epochs have only grown, and no run has
 * begun without a valid permit or beside another that has one, and no replica has deleted the Lease
 * of an open bucket; once the faults end, within a bound, every bucket is led, all are spread
 * evenly, every key's last change has been reconciled, and nothing moves or lies about any more.
 * The first of these that doesn't hold is reported.
 *
 * <p>Not simulated, since Leasehold doesn't promise to survive it: clock rates that differ by more
 * than lease duration : renew deadline; a replica that starts within a lease duration of the moment
 * at which an outsider deleted all Leases; outsiders who forge the marks of a release, a hand-over,
 * a fence or a write, or who write a duration of up to an hour into a Lease and remove the
 * announced one from it, which is waited out; a wall clock that is set back just before a
 * suspension; an etcd that is restored from a backup. Nor are real threads: that is what the
 * queue's own tests are for. A run is a span of time with a beginning and an end, so what a
 * reconciler does in between is not interleaved.
 *
 * <p>Each schedule draws only some of the faults. One that fails is replayed, with a timeline, by
 * {@code mvn -pl sharding -am test -Dtest=Replay -Dleasehold.simulation.seed=42
 * -Dsurefire.failIfNoSpecifiedTests=false}. A long run is {@code mvn -pl sharding -am test
 * -Dtest=SimulationTest -Dleasehold.simulation.schedules=1000000
 * -Dleasehold.simulation.firstSeed=1000000 -Dsurefire.failIfNoSpecifiedTests=false}. A change of
 * the code changes what a seed stands for.
 */
@NullMarked
package dev.leasehold.simulation;

import org.jspecify.annotations.NullMarked;
