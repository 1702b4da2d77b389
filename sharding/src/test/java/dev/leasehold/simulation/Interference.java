package dev.leasehold.simulation;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.member.MemberState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The faults that an outsider brings about. */
final class Interference {

  private final World world;
  private final List<Replica> replicas;
  private final Starts starts;
  private final Outsider outsider;
  private final RandomGenerator random;
  private final long lease;

  Interference(World world, List<Replica> replicas, Starts starts) {
    this.world = world;
    this.replicas = replicas;
    this.starts = starts;
    this.outsider = new Outsider(world);
    this.random = world.random();
    this.lease = world.scenario().fleet().longestLease().toNanos();
  }

  /** Ends whatever would go on. */
  void end() {
    outsider.showAll();
  }

  /** Whether there was anything to interfere with. */
  boolean bringAbout(Fault fault) {
    return switch (fault) {
      case DELETE_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::delete);
      case EMPTY_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::empty);
      case EDIT_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::edit);
      case GARBLE_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::garble);
      case STEAL_BUCKET -> on(outsider.oneOf(outsider.buckets()), outsider::steal);
      case RELABEL_BUCKET -> hide(outsider.oneOf(outsider.buckets()));
      case EMPTY_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::empty);
      case EDIT_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::edit);
      case GARBLE_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::garble);
      case STEAL_MEMBER -> on(outsider.oneOf(outsider.members()), outsider::impersonate);
      case DELETE_MEMBER ->
          mayRemove(1) && on(outsider.oneOf(outsider.members()), outsider::delete);
      case RELABEL_MEMBER -> mayRemove(1) && hide(outsider.oneOf(outsider.members()));
      case DELETE_ALL -> deleteAll();
      default -> throw new IllegalArgumentException(fault + " is not an outsider's doing");
    };
  }

  private boolean on(Optional<LockSnapshot> lock, Consumer<LockSnapshot> what) {
    lock.ifPresent(what);
    return lock.isPresent();
  }

  private boolean hide(Optional<LockSnapshot> lock) {
    lock.ifPresent(
        found -> {
          outsider.hide(found);
          world.time().after(random.nextLong(3 * lease), outsider::showAll);
        });
    return lock.isPresent();
  }

  private boolean deleteAll() {
    if (!mayRemove(Integer.MAX_VALUE)) {
      return false;
    }
    List<LockSnapshot> all = new ArrayList<>(outsider.members());
    all.addAll(outsider.buckets());
    all.forEach(outsider::delete);
    return true;
  }

  private static boolean mayLead(LockSnapshot member) {
    return !member.record().annotation(LeaseMetadata.STATE).equals(MemberState.STARTING.text());
  }

  /**
   * A replica that finds no Lease at all of any that may lead takes what it likes, so none may
   * start soon after.
   */
  private boolean mayRemove(int members) {
    if (outsider.members().stream().filter(Interference::mayLead).count() - 1 > members) {
      return true;
    }
    if (replicas.stream().anyMatch(Replica::isBlind)) {
      return false;
    }
    starts.noneFor(lease * 3 / 2);
    return true;
  }
}
