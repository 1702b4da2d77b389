package dev.leasehold.simulation;

import dev.leasehold.bucket.LeaseMetadata;
import dev.leasehold.lock.LockEvent;
import dev.leasehold.lock.LockRecord;
import dev.leasehold.lock.LockSnapshot;
import dev.leasehold.lock.Outcome;
import dev.leasehold.lock.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An API server as far as Leases go: compare-and-swap on uid and version, one version for all, and
 * a history to watch. What it is asked happens at once; delays and losses are the network's.
 */
final class ApiServer {

  /** What it says to a write of numbers that a Lease can't have. */
  static final Outcome INVALID = new Outcome.Refused("422");

  private final String component;
  private final RandomGenerator random;
  private final Map<String, LockSnapshot> objects = new TreeMap<>();
  private final List<Commit> history = new ArrayList<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private final boolean deletionsHaveAVersion;
  private long version = 1000;
  private int uids;

  /** One change of one object. */
  private record Commit(
      long version, @Nullable LockSnapshot before, @Nullable LockSnapshot after) {}

  ApiServer(String component, RandomGenerator random) {
    this.component = component;
    this.random = random;
    this.deletionsHaveAVersion = random.nextInt(4) > 0;
  }

  // ---- writes ----

  Outcome create(String name, LockRecord record) {
    if (isInvalid(record)) {
      return INVALID;
    }
    if (objects.containsKey(name)) {
      return new Outcome.Conflict();
    }
    return new Outcome.Written(
        commit(new LockSnapshot(name, new Version("u" + ++uids, next()), record)));
  }

  Outcome replace(String name, Version expected, LockRecord record) {
    return isInvalid(record) ? INVALID : swap(name, expected, record);
  }

  /** Replaces a record by one that may lack its duration, which reads as one of no use. */
  Outcome edit(String name, Version expected, LockRecord record) {
    return record.transitions() < 0 ? INVALID : swap(name, expected, record);
  }

  private static boolean isInvalid(LockRecord record) {
    return record.durationSeconds() <= 0 || record.transitions() < 0;
  }

  private Outcome swap(String name, Version expected, LockRecord record) {
    LockSnapshot present = objects.get(name);
    if (present == null || !present.version().equals(expected)) {
      return new Outcome.Conflict();
    }
    return new Outcome.Written(
        commit(new LockSnapshot(name, new Version(expected.uid(), next()), record)));
  }

  Outcome delete(String name, Version expected) {
    LockSnapshot present = objects.get(name);
    if (present == null || !present.version().equals(expected)) {
      return new Outcome.Conflict();
    }
    remove(present);
    return new Outcome.Written(expected);
  }

  Outcome removeUnseen(String name) {
    LockSnapshot present = objects.get(name);
    if (present == null || isSelected(present)) {
      return new Outcome.Conflict();
    }
    remove(present);
    return new Outcome.Written(present.version());
  }

  private long next() {
    version += 1 + random.nextInt(3);
    return version;
  }

  private Version commit(LockSnapshot after) {
    LockSnapshot before = objects.put(after.name(), after);
    history.add(new Commit(after.version().number(), before, after));
    watchers.forEach(Runnable::run);
    return after.version();
  }

  private void remove(LockSnapshot present) {
    objects.remove(present.name());
    history.add(new Commit(next(), present, null));
    watchers.forEach(Runnable::run);
  }

  // ---- reads ----

  Optional<LockSnapshot> read(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  List<LockSnapshot> all() {
    return List.copyOf(objects.values());
  }

  List<LockSnapshot> selected() {
    return objects.values().stream().filter(this::isSelected).toList();
  }

  /** Where a watch stands that has seen everything. */
  int end() {
    return history.size();
  }

  /** What a watch shows of a change; null if the selection hides it. */
  @Nullable LockEvent event(int index) {
    Commit commit = history.get(index);
    LockSnapshot before = commit.before();
    LockSnapshot after = commit.after();
    if (after != null && isSelected(after)) {
      return new LockEvent.Changed(after);
    }
    if (before != null && isSelected(before)) {
      long number = deletionsHaveAVersion ? commit.version() : before.version().number();
      return new LockEvent.Deleted(before.name(), new Version(before.version().uid(), number));
    }
    return null;
  }

  /** Calls back after each change. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  boolean isSelected(LockSnapshot object) {
    Map<String, String> labels = object.record().labels();
    return component.equals(labels.get(LeaseMetadata.COMPONENT))
        && LeaseMetadata.MANAGED_BY_LEASEHOLD.equals(labels.get(LeaseMetadata.MANAGED_BY));
  }
}
