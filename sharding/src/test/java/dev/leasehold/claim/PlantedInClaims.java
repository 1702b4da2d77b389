package dev.leasehold.claim;

import dev.leasehold.election.TermView;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.member.MemberSight;
import dev.leasehold.member.Membership;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Deliberate bugs in claims, for the simulation's tests to find. */
@SuppressWarnings("UnusedVariable") // What is assigned is read by the method that it is woven into.
public final class PlantedInClaims {

  /** The earlier lives of the process whose claims are being decided on this thread. */
  public static final ThreadLocal<Set<String>> EARLIER = ThreadLocal.withInitial(Set::of);

  /** Who has ever lapsed, as each view has seen it. */
  private static final Map<Object, Set<String>> LAPSED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private PlantedInClaims() {}

  /** A claim is ours if it has our name. In {@code ClaimDecision.isMine}. */
  public static final class NameIsEnough {
    private NameIsEnough() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("facts") ClaimDecision.Facts facts,
        @Advice.Return(readOnly = false) boolean mine) {
      mine = isNamed(facts);
    }

    /** Whether the bucket's Lease has this member's identity, whatever its uid. */
    public static boolean isNamed(ClaimDecision.Facts facts) {
      Successor self = facts.me().self();
      return self != null
          && facts.sight().lock() != null
          && facts.sight().lock().record().holder().equals(self.identity());
    }
  }

  /** What was sent without an answer has failed. In {@code Claim.unsettled}. */
  public static final class UnknownIsFailure {
    private UnknownIsFailure() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) long unsettled) {
      unsettled = -1;
    }
  }

  /** A holder whose Lease is deleted goes on. In {@code ClaimDecision.closeCause}. */
  public static final class DeletedGoesOn {
    private DeletedGoesOn() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) @Nullable CloseCause cause) {
      cause = cause == CloseCause.DELETED ? null : cause;
    }
  }

  /** The holder is still me, so nothing has changed. In {@code ClaimDecision.closeCause}. */
  public static final class EditedGoesOn {
    private EditedGoesOn() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) @Nullable CloseCause cause) {
      cause = cause == CloseCause.EDITED ? null : cause;
    }
  }

  /** A deleted Lease is free. In {@code BucketSight.absent}. */
  public static final class DeletedIsFree {
    private DeletedIsFree() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(1) BucketSight.Context context,
        @Advice.Return(readOnly = false) BucketSight sight) {
      sight =
          new BucketSight(
              sight.bucket(),
              sight.lock(),
              sight.holderUid(),
              sight.displacedUid(),
              context.nanos(),
              sight.displacedClearAtNanos(),
              sight.sighting(),
              sight.sightedNanos(),
              sight.lastNumber());
    }
  }

  /** An emptied Lease is free. In {@code BucketSight.clearAfter}. */
  public static final class EmptiedIsFree {
    private EmptiedIsFree() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) LockRecord record,
        @Advice.Argument(2) BucketSight.Context context,
        @Advice.Return(readOnly = false) long clearAt) {
      clearAt = record.isHeld() ? clearAt : context.nanos();
    }
  }

  /** Who an outsider names leads at once. In {@code BucketSight.clearAfter}. */
  public static final class NamedLeadsAtOnce {
    private NamedLeadsAtOnce() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) LockRecord record,
        @Advice.Argument(2) BucketSight.Context context,
        @Advice.Return(readOnly = false) long clearAt) {
      clearAt = record.isHeld() ? context.nanos() : clearAt;
    }
  }

  /** What was never seen is free. In {@code ClusterView.mayHaveBeenHeld}. */
  public static final class NeverSeenIsFree {
    private NeverSeenIsFree() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean may) {
      may = false;
    }
  }

  /** Whoever has lapsed once is dead, without a fence. In {@code KnownMembers.standing}. */
  public static final class NoFence {
    private NoFence() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.This KnownMembers view,
        @Advice.Argument(0) String uid,
        @Advice.Return(readOnly = false) Standing standing) {
      standing = afterOneLapse(view, uid, standing);
    }

    /** The standing as one that needs no fence has it. */
    static Standing afterOneLapse(KnownMembers view, String uid, Standing standing) {
      Set<String> lapsed = LAPSED.computeIfAbsent(view, key -> new HashSet<>());
      if (standing == Standing.LAPSED) {
        lapsed.add(uid);
      }
      return lapsed.contains(uid) ? Standing.DEAD : standing;
    }
  }

  /** A member without a Lease is dead. In {@code KnownMembers.gone}. */
  public static final class GoneIsDead {
    private GoneIsDead() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) MemberSight member,
        @Advice.Argument(1) long nanos,
        @Advice.FieldValue("deadAtNanos") Map<String, Long> deadAt) {
      deadAt.put(member.uid(), nanos);
    }
  }

  /** Nobody is asked who runs it or holds it. In {@code Leftovers.isUseless}. */
  public static final class EveryLeaseIsUseless {
    private EveryLeaseIsUseless() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean useless) {
      useless = true;
    }
  }

  /** Each leaves it to the others to remove the dead. In {@code Graveyard.tend}. */
  public static final class NobodyIsTheJanitor {
    private NobodyIsTheJanitor() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 2, readOnly = false) boolean janitor) {
      janitor = false;
    }
  }

  /** A permit stands until somebody ends it. In {@code BucketTerm.isValid}. */
  public static final class PermitsDontExpire {
    private PermitsDontExpire() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("ended") boolean ended, @Advice.Return(readOnly = false) boolean valid) {
      valid = !ended;
    }
  }

  /** The epoch is the member's. In {@code BucketTerm.epoch}. */
  public static final class EpochOfTheMember {
    private EpochOfTheMember() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("member") TermView member, @Advice.Return(readOnly = false) long epoch) {
      epoch = member.epoch();
    }
  }

  /** Notes whose claims are decided. In {@code Claims.decide}. */
  public static final class RemembersEarlierLives {
    private RemembersEarlierLives() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.FieldValue("membership") Membership membership) {
      EARLIER.set(membership.earlierLives());
    }
  }

  /** What an earlier life was put off is still its own. In {@code ClaimDecision.mayTake}. */
  public static final class StillOwnAfterALapse {
    private StillOwnAfterALapse() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.FieldValue("sight") BucketSight sight,
        @Advice.Return(readOnly = false) boolean may) {
      may = may || EARLIER.get().contains(sight.displacedUid());
    }
  }
}
