package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.Figures;
import dev.leasehold.e2e.sidebyside.contender.ElectorProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two processes of a contender: one leads by all locks, the other waits. Used by one thread. */
final class Pair {

  private static final long APART_MILLIS = 10;

  private final Stage stage;
  private final Contender contender;
  private final String namespace;
  private final Map<Integer, List<Long>> nanosByLocks = new TreeMap<>();
  private ContenderProcess leader;
  private ContenderProcess follower;
  private int locks;

  /** Starts the processes; {@link #grow} goes on. */
  Pair(Stage stage, Contender contender) {
    this.stage = stage;
    this.contender = contender;
    this.namespace = stage.namespace();
    this.leader = start();
    this.follower = start();
  }

  private ContenderProcess start() {
    return stage.start(contender, ElectorProcess.class, namespace);
  }

  Contender contender() {
    return contender;
  }

  String namespace() {
    return namespace;
  }

  ContenderProcess leader() {
    return leader;
  }

  ContenderProcess follower() {
    return follower;
  }

  int locks() {
    return locks;
  }

  static String lock(int number) {
    return "lock-" + number;
  }

  /** Has the first lead by more locks, so many in all, and the second campaign for them. */
  void grow(int more) {
    leader.awaitReady();
    join(leader, locks, more);
    for (int i = locks; i < more; i++) {
      leader.await("leading", lock(i), Long.MIN_VALUE);
    }
    follower.awaitReady();
    join(follower, locks, more);
    locks = more;
  }

  private static void join(ContenderProcess process, int from, int until) {
    process.tell("join-all %d %d %d".formatted(from, until, APART_MILLIS));
  }

  /** Has the other one lead from now on, and the leader, who has stopped, wait again. */
  void swap() {
    ContenderProcess former = leader;
    leader = follower;
    follower = former;
    join(follower, 0, locks);
  }

  /** Has the other one lead from now on; {@link #campaignAgain} goes on. */
  void replaceLeader() {
    leader = follower;
    follower = start();
  }

  /** Has the new process wait. */
  void campaignAgain() {
    follower.awaitReady();
    join(follower, 0, locks);
  }

  /** Takes a figure down that was measured with as many locks as there are now. */
  void measured(long nanos) {
    nanosByLocks.computeIfAbsent(locks, key -> new ArrayList<>()).add(nanos);
  }

  /** What was measured with so many locks. */
  Figures figures(int withLocks) {
    return Figures.of(
        nanosByLocks.getOrDefault(withLocks, List.of()).stream().mapToLong(each -> each).toArray());
  }

  /** How the median grows with the locks. */
  Growth growth() {
    Growth growth = new Growth(contender.label(), "p50, ms");
    nanosByLocks.keySet().forEach(size -> growth.add(size, figures(size).percentile(50) / 1e6));
    return growth;
  }
}
