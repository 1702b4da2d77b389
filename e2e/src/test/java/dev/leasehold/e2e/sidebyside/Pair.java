package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.sidebyside.contender.ElectorProcess;
import java.util.ArrayList;
import java.util.List;

/** Two processes of a contender: one leads by all locks, the other waits. Used by one thread. */
final class Pair {

  private final Stage stage;
  private final Contender contender;
  private final int locks;
  private final String namespace;
  private final List<Long> nanos = new ArrayList<>();
  private ContenderProcess leader;
  private ContenderProcess follower;

  /** Starts the processes; {@link #begin} goes on. */
  Pair(Stage stage, Contender contender, int locks) {
    this.stage = stage;
    this.contender = contender;
    this.locks = locks;
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

  static String lock(int number) {
    return "lock-" + number;
  }

  /** Has the first lead by all locks, and the second campaign for them. */
  void begin() {
    leader.await("ready", "process", Long.MIN_VALUE);
    leader.tell("join-all " + locks);
    for (int i = 0; i < locks; i++) {
      leader.await("leading", lock(i), Long.MIN_VALUE);
    }
    campaign();
  }

  private void campaign() {
    follower.await("ready", "process", Long.MIN_VALUE);
    follower.tell("join-all " + locks);
  }

  /** Has the other one lead from now on, and the leader wait. */
  void swap() {
    ContenderProcess former = leader;
    leader = follower;
    follower = former;
  }

  /** Has the other one lead from now on, and a new process wait. */
  void replaceLeader() {
    leader = follower;
    follower = start();
  }

  /** The new process's part after {@link #replaceLeader}. */
  void campaignAgain() {
    campaign();
  }

  void measured(long took) {
    nanos.add(took);
  }

  long[] measured() {
    return nanos.stream().mapToLong(each -> each).toArray();
  }
}
