package dev.leasehold.simulation;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.bucket.LeaseNames;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Somebody with rights on the Leases and no idea of what they are. Changes whatever it likes except
 * for Leasehold's own marks (released-by, handed-over-by, fenced, write), which it leaves as they
 * are.
 */
final class Outsider {

  private static final int MOST_TO_WAIT_SECONDS = 60;
  private static final String LABEL_WHILE_HIDDEN = "hidden";

  private final World world;
  private final LeaseNames names = LeaseNames.of(Simulation.COMPONENT);
  private final RandomGenerator random;

  Outsider(World world) {
    this.world = world;
    this.random = world.random();
  }

  List<LockSnapshot> members() {
    return world.server().selected().stream()
        .filter(lock -> names.bucketNamed(lock.name()).isEmpty())
        .toList();
  }

  List<LockSnapshot> buckets() {
    return world.server().selected().stream()
        .filter(lock -> names.bucketNamed(lock.name()).isPresent())
        .toList();
  }

  Optional<LockSnapshot> oneOf(List<LockSnapshot> locks) {
    return locks.isEmpty()
        ? Optional.empty()
        : Optional.of(locks.get(random.nextInt(locks.size())));
  }

  void delete(LockSnapshot lock) {
    note("deletes ", lock);
    var unused = world.server().delete(lock.name(), lock.version());
  }

  void empty(LockSnapshot lock) {
    note("empties ", lock);
    write(lock, "", lock.record().durationSeconds(), lock.record().annotations());
  }

  /** Changes something that means nothing, or a duration. */
  void edit(LockSnapshot lock) {
    note("edits ", lock);
    LockRecord record = lock.record();
    Map<String, String> annotations = new HashMap<>(record.annotations());
    int duration = record.durationSeconds();
    switch (random.nextInt(4)) {
      case 0 -> duration = 1;
      case 1 -> duration = 3600;
      case 2 -> annotations.computeIfPresent(LeaseMetadata.STATE, (key, state) -> "draining");
      default -> annotations.put("example.com/note", "n" + random.nextInt(1000));
    }
    write(lock, record.holder(), duration, annotations);
  }

  void garble(LockSnapshot lock) {
    note("garbles ", lock);
    LockRecord record = lock.record();
    Map<String, String> annotations = new HashMap<>(record.annotations());
    String holder = record.holder();
    int duration = record.durationSeconds();
    int transitions = record.transitions();
    switch (random.nextInt(8)) {
      case 0 -> duration = -5;
      case 1 -> duration = Integer.MAX_VALUE;
      case 2 -> holder = "somebody";
      case 3 -> annotations.replaceAll((key, value) -> isSpared(key) ? value : "?,=;");
      case 4 -> annotations.keySet().removeIf(key -> !isSpared(key));
      case 5 -> annotations.computeIfPresent(LeaseMetadata.MEMBER_UID, (key, uid) -> "no-uid");
      case 6 -> transitions = Integer.MAX_VALUE;
      default -> {
        holder = "";
        duration = 0;
        annotations.keySet().removeIf(key -> !isSpared(key));
      }
    }
    write(lock, holder, duration, transitions, annotations);
  }

  /** Writes a live member's name and uid into a bucket's Lease. */
  void steal(LockSnapshot bucket) {
    oneOf(members())
        .ifPresent(
            member -> {
              note("gives to " + member.record().holder() + " ", bucket);
              Map<String, String> annotations = new HashMap<>(bucket.record().annotations());
              // Some do it well, some by halves.
              if (random.nextInt(4) > 0) {
                annotations.put(LeaseMetadata.MEMBER, member.name());
                annotations.put(LeaseMetadata.MEMBER_UID, member.version().uid());
              }
              write(
                  bucket, member.record().holder(), bucket.record().durationSeconds(), annotations);
            });
  }

  /** Writes another member's name into a member's Lease. */
  void impersonate(LockSnapshot lock) {
    oneOf(members())
        .ifPresent(
            member -> {
              note("renames to " + member.record().holder() + " ", lock);
              LockRecord record = lock.record();
              write(lock, member.record().holder(), record.durationSeconds(), record.annotations());
            });
  }

  /** Takes a label off, so that no watch shows the Lease any more. */
  void hide(LockSnapshot lock) {
    note("hides ", lock);
    relabel(lock, LABEL_WHILE_HIDDEN);
  }

  /** Puts the labels back on all Leases that were hidden. */
  void showAll() {
    List<LockSnapshot> hidden = new ArrayList<>(world.server().all());
    hidden.removeIf(world.server()::isSelected);
    for (LockSnapshot lock : hidden) {
      note("shows again ", lock);
      relabel(lock, LeaseMetadata.MANAGED_BY_LEASEHOLD);
    }
  }

  private void relabel(LockSnapshot lock, String managedBy) {
    LockRecord record = lock.record();
    Map<String, String> labels = new HashMap<>(record.labels());
    labels.put(LeaseMetadata.MANAGED_BY, managedBy);
    put(
        lock,
        new LockRecord(
            record.holder(),
            record.durationSeconds(),
            record.acquired(),
            record.renewed(),
            record.transitions(),
            labels,
            record.annotations()));
  }

  private static boolean isSpared(String key) {
    return !key.equals(LeaseMetadata.MEMBER)
        && !key.equals(LeaseMetadata.MEMBER_UID)
        && !key.equals(LeaseMetadata.CONTROLLERS)
        && !key.equals(LeaseMetadata.STATE)
        && !key.equals(LeaseMetadata.EARLIER_LIVES)
        && !key.equals(LeaseMetadata.DURATION);
  }

  private void write(LockSnapshot lock, String holder, int said, Map<String, String> annotations) {
    write(lock, holder, said, lock.record().transitions(), annotations);
  }

  private void write(
      LockSnapshot lock,
      String holder,
      int said,
      int transitions,
      Map<String, String> annotations) {
    LockRecord record = lock.record();
    // An hour on a Lease that has lost the duration which its member announced would be waited out.
    boolean announced = annotations.getOrDefault(LeaseMetadata.DURATION, "?").matches("[0-9]+");
    int duration = announced || said < MOST_TO_WAIT_SECONDS ? said : 0;
    put(
        lock,
        new LockRecord(
            holder,
            duration,
            record.acquired(),
            record.renewed(),
            transitions,
            record.labels(),
            annotations));
  }

  private void put(LockSnapshot lock, LockRecord record) {
    var unused = world.server().edit(lock.name(), lock.version(), record);
  }

  private void note(String what, LockSnapshot lock) {
    world.timeline().note("outsider", () -> what + Text.of(lock));
  }
}
