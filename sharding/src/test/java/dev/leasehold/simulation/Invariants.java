package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after every event.
 *
 * <ol>
 *   <li>At most one process could start a key of a bucket: its gate is open and the term valid by
 *       that process's own clocks, be it running, paused or suspended.
 *   <li>A bucket opens under a greater epoch than ever before; the same member may open it again
 *       under the same one, if it has not changed hands.
 *   <li>A run starts only under an open gate and a valid term, under no smaller epoch than any run
 *       of the bucket before, and while no other living process runs a key of the bucket under a
 *       term that is still valid. So planned hand-overs never overlap; after a loss the old run may
 *       go on, with a term that has ended.
 *   <li>A key runs once at a time in one process.
 *   <li>No replica deletes the Lease of a bucket that a living process has open under a valid term.
 *   <li>Nothing throws.
 * </ol>
 */
final class Invariants {

  private final VirtualTime time;
  private final Coverage coverage;
  private final Map<Bucket, List<Gate>> gates = new TreeMap<>();
  private final Set<Bucket> crowded = new HashSet<>();
  private final Map<Bucket, Gate> lastOpened = new HashMap<>();
  private final Map<Bucket, Long> lastStarted = new HashMap<>();
  private final Map<SimulatedRun, SimulatedProcess> running = new LinkedHashMap<>();
  private final Map<String, SimulatedProcess> members = new HashMap<>();
  private @Nullable Violation first;

  Invariants(VirtualTime time, Coverage coverage) {
    this.time = time;
    this.coverage = coverage;
  }

  // ---- what happens ----

  void opened(Gate gate) {
    coverage.count(Happening.OPENED);
    Gate last = lastOpened.put(gate.bucket(), gate);
    if (last != null) {
      int order = Long.compareUnsigned(gate.epoch(), last.epoch());
      boolean again = order == 0 && gate.term().identity().equals(last.term().identity());
      if (order <= 0 && !again) {
        violated("The epoch has not grown: %s after %s".formatted(gate, last));
      }
    }
    List<Gate> open = gates.computeIfAbsent(gate.bucket(), bucket -> new ArrayList<>());
    open.add(gate);
    if (open.size() > 1) {
      crowded.add(gate.bucket());
    }
  }

  void closed(Gate gate) {
    List<Gate> open = gates.getOrDefault(gate.bucket(), List.of());
    if (!open.remove(gate)) {
      violated("Closed, and was not open: " + gate);
    }
    if (open.size() < 2) {
      crowded.remove(gate.bucket());
    }
  }

  void started(SimulatedRun run, SimulatedProcess process) {
    coverage.count(Happening.RUN_STARTED);
    if (!run.term().isValid()) {
      violated("Started without a valid term: " + run);
    }
    Gate gate = gateOf(run.bucket(), process);
    if (gate == null || gate.term() != run.term()) {
      violated("Started without an open gate: " + run);
    }
    Long last = lastStarted.put(run.bucket(), run.epoch());
    if (last != null && Long.compareUnsigned(run.epoch(), last) < 0) {
      violated("Started under an epoch smaller than %s: %s".formatted(last, run));
    }
    running.forEach(
        (other, where) -> {
          if (other.bucket().equals(run.bucket())) {
            if (where != process && other.term().isValid()) {
              violated("Started: %s while this runs under a valid term: %s".formatted(run, other));
            } else if (where != process) {
              coverage.count(Happening.RUN_OUTLIVED_ITS_TERM);
            } else if (other.key().equals(run.key())) {
              violated("Started twice: %s and %s".formatted(other, run));
            }
          }
        });
    running.put(run, process);
  }

  void ended(SimulatedRun run) {
    running.remove(run);
  }

  /** A process is a member of that identity from now on. */
  void joined(String identity, SimulatedProcess process) {
    members.put(identity, process);
  }

  /** Whether that was a member of a process that has died. */
  boolean isDead(String identity) {
    SimulatedProcess process = members.get(identity);
    return process != null && process.isDead();
  }

  /** A replica's deletion of a bucket's Lease was done. */
  void leaseDeleted(Bucket bucket) {
    Set<Gate> valid = validGates(bucket);
    if (!valid.isEmpty()) {
      violated("Its Lease was deleted, and it was open: " + valid);
    }
  }

  void died(SimulatedProcess process) {
    gates.values().forEach(open -> open.removeIf(gate -> gate.process() == process));
    crowded.removeIf(bucket -> gates.getOrDefault(bucket, List.of()).size() < 2);
    running.values().removeIf(where -> where == process);
  }

  void broken(String what, Throwable cause) {
    if (first == null) {
      first = new Violation(at() + what + ": " + cause, cause);
    }
  }

  /** Notes that something happened that mustn't. */
  void violated(String what) {
    note(Violation.Kind.SAFETY, what);
  }

  /** Notes that something doesn't come about, or doesn't end. */
  void stuck(String what) {
    note(Violation.Kind.PROGRESS, what);
  }

  private void note(Violation.Kind kind, String what) {
    if (first == null) {
      first = new Violation(kind, at() + what);
    }
  }

  // ---- what must hold ----

  /** Throws the first violation there was, or is. */
  void check() {
    for (Bucket bucket : crowded) {
      Set<Gate> valid = validGates(bucket);
      if (valid.size() > 1) {
        violated("More than one could dispatch: " + valid);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Where the bucket is led: its gate is open and its term valid. */
  Set<Gate> validGates(Bucket bucket) {
    Set<Gate> valid = new LinkedHashSet<>();
    for (Gate gate : gates.getOrDefault(bucket, List.of())) {
      if (gate.term().isValid()) {
        valid.add(gate);
      }
    }
    return valid;
  }

  private @Nullable Gate gateOf(Bucket bucket, SimulatedProcess process) {
    for (Gate gate : gates.getOrDefault(bucket, List.of())) {
      if (gate.process() == process) {
        return gate;
      }
    }
    return null;
  }

  private String at() {
    return "%.4f s: ".formatted(time.now() / 1e9);
  }
}
