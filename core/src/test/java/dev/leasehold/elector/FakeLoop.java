package dev.leasehold.elector;

import dev.leasehold.time.Clocks;
import dev.leasehold.time.EventLoop;
import dev.leasehold.time.Now;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A loop on the test's own thread, under a clock that the test moves. */
final class FakeLoop implements EventLoop {

  private static final long START_MILLIS = 1_700_000_000_000L;

  private record Due(long at, Runnable task) {}

  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final List<Due> timers = new ArrayList<>();
  private long nanos;

  @Override
  public Clocks clocks() {
    return () -> new Now(nanos, START_MILLIS + nanos / 1_000_000);
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public Timer schedule(long atNanos, Runnable task) {
    Due due = new Due(atNanos, task);
    timers.add(due);
    return () -> timers.remove(due);
  }

  Instant wall() {
    return Instant.ofEpochMilli(START_MILLIS + nanos / 1_000_000);
  }

  /** Nothing that is due runs any more, as after a crash. */
  void crash() {
    ready.clear();
    timers.clear();
  }

  /** Runs what is ready. */
  void run() {
    for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
      task.run();
    }
  }

  /** Lets time pass with every timer on the way. */
  void pass(double seconds) {
    long target = nanos + (long) (seconds * 1e9);
    run();
    Optional<Due> next = next(target);
    while (next.isPresent()) {
      timers.remove(next.get());
      nanos = Math.max(nanos, next.get().at());
      next.get().task().run();
      run();
      next = next(target);
    }
    nanos = target;
  }

  private Optional<Due> next(long target) {
    return timers.stream().filter(due -> due.at() <= target).min(Comparator.comparingLong(Due::at));
  }
}
