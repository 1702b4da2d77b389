package dev.leasehold.e2e.campaign;

import dev.leasehold.e2e.campaign.fault.Fault;
import dev.leasehold.e2e.campaign.fault.Faults;
import dev.leasehold.e2e.campaign.site.Clock;
import dev.leasehold.e2e.replica.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What can go wrong on this machine.
 *
 * @param faults all that it can inject
 * @param leftOut what it can't, and why, a sentence each
 * @param launch how replicas are launched whose clock can be set, or all if none can
 */
record Repertoire(List<Fault> faults, List<String> leftOut, Launch launch) {

  /** Copies the lists. */
  Repertoire {
    faults = List.copyOf(faults);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Looks for what faults need.
   *
   * @param other the jar of another version; without one, all replicas are of this one
   * @param folder for files that faults need
   */
  static Repertoire find(Optional<Path> other, Path folder)
      throws IOException, InterruptedException {
    List<String> leftOut = new ArrayList<>();
    Optional<Clock> clock = Clock.find(folder);
    if (clock.isEmpty()) {
      leftOut.add("clocks that go wrong, as there is no libfaketime. " + Clock.complaint(folder));
    }
    if (!Faults.canPauseJvms()) {
      leftOut.add("JVMs that are paused, as there is no jcmd or no mkfifo.");
    }
    return new Repertoire(
        Faults.all(clock, other, folder), leftOut, clock.map(Clock::launch).orElse(Launch.PLAIN));
  }

  /**
   * Some of the faults, each once.
   *
   * @param always names of those to begin with, in this order; what this machine can't inject is
   *     left out
   * @param more how many of the others, if there are so many
   * @param random which of them
   */
  List<Fault> pick(List<String> always, int more, Random random) {
    List<Fault> picked = new ArrayList<>();
    for (String name : always) {
      faults.stream().filter(fault -> fault.name().equals(name)).forEach(picked::add);
    }
    List<Fault> others = new ArrayList<>(faults);
    others.removeAll(picked);
    Collections.shuffle(others, random);
    picked.addAll(others.subList(0, Math.min(more, others.size())));
    return picked;
  }
}
