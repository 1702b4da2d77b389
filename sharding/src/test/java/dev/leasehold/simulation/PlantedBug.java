package dev.leasehold.simulation;

import static dev.leasehold.simulation.Fault.CRASH;
import static dev.leasehold.simulation.Fault.CUT_DOWN;
import static dev.leasehold.simulation.Fault.CUT_UP;
import static dev.leasehold.simulation.Fault.DELETE_BUCKET;
import static dev.leasehold.simulation.Fault.LEAVE;
import static dev.leasehold.simulation.Fault.LOSSY;
import static dev.leasehold.simulation.Fault.RELABEL_BUCKET;
import static dev.leasehold.simulation.Fault.SLOW;
import static dev.leasehold.simulation.Fault.WATCH_DEAD;
import static dev.leasehold.simulation.Fault.WATCH_LATE;

import dev.leasehold.claim.PlantedInClaims;
import dev.leasehold.election.PlantedInElections;
import dev.leasehold.member.PlantedInMembers;
import dev.leasehold.simulation.Weaver.Weaving;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A deliberate bug, each one a shortcut that is easily taken, and the simulation that finds it. */
@SuppressWarnings("ImmutableEnumChecker") // Its functions and lists hold nothing that changes.
enum PlantedBug {
  VALIDITY_COUNTED_FROM_THE_REPLY(
      in(Names.STEP, "own", PlantedInElections.ValidFromTheReply.class)),
  TERM_EXTENDED_WITHOUT_ITS_ECHO(BrokenWirings.NoEcho::new),
  EXPIRED_TERM_EXTENDED_BY_A_LATE_ANSWER(
      in(Names.STEP, "expire", PlantedInElections.Nothing.class)),
  FENCED_OR_EMPTIED_MEMBER_LEASE_KEPT(in(Names.STEP, "foreign", PlantedInElections.Nothing.class)),
  DELETED_MEMBER_LEASE_KEPT(in(Names.STEP, "gone", PlantedInElections.Nothing.class)),
  LIVE_LEASE_WITH_ONES_OWN_NAME_ADOPTED(
      BrokenWirings.OneIdentity::new,
      in("dev.leasehold.election.Attempt", "made", PlantedInElections.NamesProve.class)),
  REMOTE_RENEW_TIME_COMPARED(in(Names.SIGHT, "of", PlantedInMembers.RemoteTimeCompared.class)),
  EXPIRY_BY_ONES_OWN_DURATION(in(Names.SIGHT, "of", PlantedInMembers.OwnDuration.class)),
  EMPTIED_MEMBER_LEASE_TAKEN_FOR_A_FENCE(
      in(Names.SIGHT, "of", PlantedInMembers.EmptiedIsFenced.class)),
  NO_FENCE_BEFORE_A_SWAP(
      PlantedBug::withLateWatches, in(Names.MEMBERS, "standing", PlantedInClaims.NoFence.class)),
  FENCE_OVER_A_FRESH_VERSION(
      seed -> withLateWatches(seed).wiring(new BrokenWirings.FenceOverFreshVersion())),
  ABSENCE_OF_A_MEMBER_NOT_WAITED_OUT(in(Names.MEMBERS, "gone", PlantedInClaims.GoneIsDead.class)),
  NEVER_SEEN_LEASE_TAKEN_AS_FREE(
      seed -> Simulation.random(seed).only(CRASH, DELETE_BUCKET, RELABEL_BUCKET, WATCH_LATE),
      in(Names.VIEW, "mayHaveBeenHeld", PlantedInClaims.NeverSeenIsFree.class)),
  DELETED_LEASE_TAKEN_AS_FREE(in(Names.BUCKET, "absent", PlantedInClaims.DeletedIsFree.class)),
  EMPTIED_LEASE_TAKEN_AS_FREE(in(Names.BUCKET, "clearAfter", PlantedInClaims.EmptiedIsFree.class)),
  STOLEN_BUCKET_LED_AT_ONCE(in(Names.BUCKET, "clearAfter", PlantedInClaims.NamedLeadsAtOnce.class)),
  MEMBER_UID_IGNORED(in(Names.DECISION, "isMine", PlantedInClaims.NameIsEnough.class)),
  HOLDER_OF_A_DELETED_LEASE_GOES_ON(
      in(Names.DECISION, "closeCause", PlantedInClaims.DeletedGoesOn.class)),
  HOLDER_OF_AN_EDITED_LEASE_GOES_ON(
      in(Names.DECISION, "closeCause", PlantedInClaims.EditedGoesOn.class)),
  UNKNOWN_OUTCOME_TAKEN_AS_FAILURE(
      seed -> Simulation.random(seed).only(SLOW, LOSSY, WATCH_LATE, LEAVE, CRASH),
      in("dev.leasehold.claim.Claim", "unsettled", PlantedInClaims.UnknownIsFailure.class)),
  RELEASE_BEFORE_STOP(BrokenWirings.ReleaseBeforeStop::new),
  PERMIT_WITHOUT_AN_EXPIRY_CHECK(
      in(Names.TERM, "isValid", PlantedInClaims.PermitsDontExpire.class)),
  EPOCH_OF_THE_MEMBER_FOR_A_BUCKETS(
      in(Names.TERM, "epoch", PlantedInClaims.EpochOfTheMember.class)),
  ENQUEUED_BEFORE_THE_GATE_OPENS(
      in(Names.CONTROLLER, "open", PlantedInSimulation.EnqueuesFirst.class),
      in(Names.CONTROLLER, "replaySoon", PlantedInSimulation.Nothing.class)),
  LEASE_IN_USE_TAKEN_FOR_A_LEFTOVER(
      in("dev.leasehold.claim.Leftovers", "isUseless", PlantedInClaims.EveryLeaseIsUseless.class)),
  DEAD_MEMBERS_NEVER_REMOVED(
      in("dev.leasehold.claim.Graveyard", "tend", PlantedInClaims.NobodyIsTheJanitor.class)),
  CLOCK_RATES_BEYOND_THE_BOUND(seed -> Simulation.random(seed).deviating(350));

  private static final Set<String> HINDERS =
      Set.of(
          "EXPIRED_TERM_EXTENDED_BY_A_LATE_ANSWER",
          "DELETED_MEMBER_LEASE_KEPT",
          "RELEASE_BEFORE_STOP",
          "ENQUEUED_BEFORE_THE_GATE_OPENS",
          "DEAD_MEMBERS_NEVER_REMOVED");

  private static final int MOST_SCHEDULES = 2_000;

  /** Enough for most schedules; replicas with a bug may go on and on, ever more slowly. */
  private static final long MOST_EVENTS = 6_000;

  private final LongFunction<Simulation> simulation;
  private final List<Weaving> weavings;

  PlantedBug(Weaving... weavings) {
    this(Simulation::random, weavings);
  }

  PlantedBug(Supplier<Wiring> wiring, Weaving... weavings) {
    this(seed -> Simulation.random(seed).wiring(wiring.get()), weavings);
  }

  PlantedBug(LongFunction<Simulation> simulation, Weaving... weavings) {
    this.simulation = simulation;
    this.weavings = List.of(weavings);
  }

  /** Replicas that see each other's renewals late, and renew late. */
  private static Simulation withLateWatches(long seed) {
    return Simulation.random(seed).only(WATCH_LATE, WATCH_DEAD, CUT_UP, CUT_DOWN, LOSSY, SLOW);
  }

  private static Weaving in(String type, String method, Class<?> advice) {
    return new Weaving(type, method, advice);
  }

  /**
   * Whether the simulation sees two lead where one may; otherwise that something never comes about,
   * or throws, which comes first.
   */
  boolean endangers() {
    return !HINDERS.contains(name());
  }

  /** Within how many schedules it must be found. */
  int bound() {
    return MOST_SCHEDULES;
  }

  /** A classloader in whose copies of the classes the bug is. */
  Weaver weaver() {
    return new Weaver(weavings);
  }

  /**
   * Runs a schedule in this very copy of the classes. Called by reflection, in the copy.
   *
   * @return the violation in words, or null if there is none of the kind that is looked for
   */
  static @Nullable String violation(String name, long seed) {
    PlantedBug bug = valueOf(name);
    Simulation simulation = bug.simulation.apply(seed);
    // Too many events for a short look are no finding where a hindrance is one: healthy replicas
    // have as many now and then.
    Report report = bug.endangers() ? simulation.run(MOST_EVENTS) : simulation.run();
    Violation found = report.violation();
    if (found == null || (bug.endangers() && found.kind() != Violation.Kind.SAFETY)) {
      return null;
    }
    return found.getMessage();
  }

  /** The full names of the classes that have bugs woven into them. */
  private static final class Names {
    static final String STEP = "dev.leasehold.election.ElectionStep";
    static final String SIGHT = "dev.leasehold.member.MemberSight";
    static final String VIEW = "dev.leasehold.claim.ClusterView";
    static final String MEMBERS = "dev.leasehold.claim.KnownMembers";
    static final String BUCKET = "dev.leasehold.claim.BucketSight";
    static final String DECISION = "dev.leasehold.claim.ClaimDecision";
    static final String TERM = "dev.leasehold.claim.BucketTerm";
    static final String CONTROLLER = "dev.leasehold.simulation.SimulatedController";
  }
}
