package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.claim.ShardCoordinator;
import dev.leasehold.election.TermView;
import dev.leasehold.lock.LockSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What must come to hold by itself once there are no more faults, within a bound: every bucket is
 * led, by one replica, and its Lease names that one; each controller's buckets and all together are
 * spread within one; every key's last change has been dispatched; then nothing moves any more; and
 * the dead leave no Leases behind.
 */
final class Healing {

  private static final Duration STEP = Duration.ofMillis(250);

  /** Late requests, runs that ignore interrupts, and processes that take their time to leave. */
  private static final Duration AFTERMATH = Duration.ofSeconds(90);

  private static final int LEASES_TO_HEAL = 8;
  private static final int LEASES_TO_BURY = 8;

  private final World world;
  private final List<Replica> replicas;
  private final Starts starts;
  private final Consumer<Duration> runFor;
  private final LeaseNames names = LeaseNames.of(Simulation.COMPONENT);

  Healing(World world, List<Replica> replicas, Starts starts, Consumer<Duration> runFor) {
    this.world = world;
    this.replicas = replicas;
    this.starts = starts;
    this.runFor = runFor;
  }

  void await() {
    Duration lease = world.scenario().fleet().longestLease();
    until(
        AFTERMATH.plus(lease.multipliedBy(LEASES_TO_HEAL)),
        () -> firstOf(transition(), unled(), misnamed(), imbalance(), overdue()));
    until(lease.multipliedBy(LEASES_TO_BURY), this::garbage);
    rest(lease.multipliedBy(2));
    Optional<String> lost = firstOf(unled(), misnamed(), imbalance(), overdue());
    lost.ifPresent(world.invariants()::stuck);
    world.invariants().check();
  }

  /** There comes a time when nothing moves for so long. */
  private void rest(Duration undisturbed) {
    String before = claims();
    for (int i = 0; i < LEASES_TO_HEAL; i++) {
      runFor.accept(undisturbed);
      String after = claims();
      if (before.equals(after)) {
        return;
      }
      before = after;
    }
    world.invariants().stuck("It doesn't come to rest: " + before);
  }

  private void until(Duration bound, Supplier<Optional<String>> trouble) {
    Duration waited = Duration.ZERO;
    Optional<String> now = trouble.get();
    while (now.isPresent()) {
      if (waited.compareTo(bound) > 0) {
        world
            .invariants()
            .stuck("Not healed after %d s: %s".formatted(bound.toSeconds(), now.get()));
      }
      runFor.accept(STEP);
      waited = waited.plus(STEP);
      now = trouble.get();
    }
  }

  private Optional<String> transition() {
    if (starts.arePending()) {
      return Optional.of("a replica is to start");
    }
    return replicas.stream()
        .filter(Replica::isLeaving)
        .findFirst()
        .map(replica -> "replica %d is leaving".formatted(replica.number));
  }

  private Optional<String> unled() {
    for (Keys keys : world.keys()) {
      for (Bucket bucket : keys.buckets.buckets()) {
        if (world.invariants().validGates(bucket).isEmpty()) {
          return Optional.of("nobody leads " + bucket);
        }
      }
    }
    return Optional.empty();
  }

  /** A name on a Lease that isn't its leader's misleads people, though the protocol reads uids. */
  private Optional<String> misnamed() {
    Map<String, String> leaders = new TreeMap<>();
    live()
        .forEach(
            replica ->
                replica
                    .coordinator()
                    .map(coordinator -> coordinator.status().term())
                    .ifPresent(
                        term ->
                            replica
                                .led()
                                .forEach(led -> leaders.put(names.bucket(led), term.identity()))));
    return world.server().selected().stream()
        .filter(lock -> leaders.containsKey(lock.name()))
        .filter(lock -> !lock.record().holder().equals(leaders.get(lock.name())))
        .findFirst()
        .map(lock -> "%s names %s".formatted(lock.name(), lock.record().holder()));
  }

  private Optional<String> imbalance() {
    for (Keys keys : world.keys()) {
      String controller = keys.buckets.controller();
      Optional<String> uneven =
          uneven(
              controller,
              live().map(replica -> led(replica, controller)).collect(Collectors.toList()));
      if (uneven.isPresent()) {
        return uneven;
      }
    }
    return uneven(
        "all controllers",
        live().map(replica -> replica.led().size()).collect(Collectors.toList()));
  }

  private static int led(Replica replica, String controller) {
    return (int)
        replica.led().stream().filter(each -> each.controller().equals(controller)).count();
  }

  private static Optional<String> uneven(String what, List<Integer> counts) {
    int most = counts.stream().max(Integer::compare).orElse(0);
    int least = counts.stream().min(Integer::compare).orElse(0);
    return most - least <= 1
        ? Optional.empty()
        : Optional.of("%s: uneven, %s".formatted(what, counts));
  }

  private Optional<String> overdue() {
    for (Keys keys : world.keys()) {
      List<String> overdue = keys.overdue();
      if (!overdue.isEmpty()) {
        return Optional.of(
            "%s: the last change of %s was not dispatched"
                .formatted(keys.buckets.controller(), overdue));
      }
    }
    return Optional.empty();
  }

  private Optional<String> garbage() {
    Set<String> living = new TreeSet<>();
    live()
        .flatMap(replica -> replica.coordinator().stream())
        .map(ShardCoordinator::status)
        .forEach(
            status -> {
              TermView term = status.term();
              if (term != null) {
                living.add(names.member(term.identity()));
              }
            });
    Set<String> members =
        world.server().selected().stream()
            .map(LockSnapshot::name)
            .filter(name -> names.bucketNamed(name).isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    return members.equals(living)
        ? Optional.empty()
        : Optional.of("the member Leases are %s, of the living %s".formatted(members, living));
  }

  private String claims() {
    return world.server().selected().stream()
        .filter(lock -> names.bucketNamed(lock.name()).isPresent())
        .map(lock -> lock.name() + "@" + lock.version())
        .toList()
        .toString();
  }

  private java.util.stream.Stream<Replica> live() {
    return replicas.stream().filter(replica -> replica.isUp() && !replica.isLeaving());
  }

  @SafeVarargs
  private static Optional<String> firstOf(Optional<String>... troubles) {
    for (Optional<String> trouble : troubles) {
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    return Optional.empty();
  }
}
