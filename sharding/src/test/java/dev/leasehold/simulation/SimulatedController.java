package dev.leasehold.simulation;

import dev.leasehold.bucket.Bucket;
import dev.leasehold.claim.BucketWork;
import dev.leasehold.election.TermView;
import dev.leasehold.queue.Backoff;
import dev.leasehold.queue.Lane;
import dev.leasehold.queue.RateLimit;
import dev.leasehold.queue.Work;
import dev.leasehold.queue.WorkQueue;
import dev.leasehold.time.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One controller in one process: the real queue, with a cache that is filled late and workers that
 * take virtual time.
 */
final class SimulatedController implements BucketWork {

  private static final long MILLI = 1_000_000;

  private final SimulatedProcess process;
  private final Keys keys;
  private final World world;
  private final RandomGenerator random;
  private final Invariants invariants;
  private final Coverage coverage;
  private final Timeline timeline;
  private final WorkQueue<String> queue;
  private final Map<String, Integer> cache = new TreeMap<>();
  private final Map<Bucket, Gate> gates = new HashMap<>();
  private final List<Running> running = new ArrayList<>();
  private final BiConsumer<String, Integer> informer = this::changed;
  private int busy;
  private EventLoop.@Nullable Timer alarm;

  SimulatedController(SimulatedProcess process, Keys keys, World world) {
    this.process = process;
    this.keys = keys;
    this.world = world;
    this.random = world.random();
    this.invariants = world.invariants();
    this.coverage = world.coverage();
    this.timeline = world.timeline();
    this.queue =
        new WorkQueue<>(
            keys::bucketOf,
            process.clocks(),
            new Backoff(Duration.ofMillis(5), Duration.ofSeconds(5), 0.2, random),
            new RateLimit(100, 500));
  }

  List<Bucket> buckets() {
    return keys.buckets.buckets();
  }

  /** Lists and watches: changes from now on are heard of late, but none is missed. */
  void fillCache() {
    keys.inform(informer);
    keys.revisions().forEach((key, revision) -> cache.merge(key, revision, Math::max));
  }

  void died() {
    keys.informNoMore(informer);
    running.forEach(run -> run.told(SimulatedReconciler.Ending.DIED));
  }

  private void changed(String key, int revision) {
    long lag = MILLI + random.nextLong(random.nextInt(20) == 0 ? 3_000 * MILLI : 20 * MILLI);
    process.runAfter(
        lag,
        () -> {
          // The cache is updated before handlers hear of it.
          cache.merge(key, revision, Math::max);
          queue.add(key, Lane.LIVE);
          pump();
        });
  }

  // ---- what the claims command ----

  @Override
  public void open(Bucket bucket, TermView term) {
    timeline.note(process.name, () -> "OPENS " + bucket + " @" + term.epoch());
    Gate gate = new Gate(process, bucket, term, term.epoch());
    gates.put(bucket, gate);
    queue.open(bucket, term);
    invariants.opened(gate);
    replaySoon(bucket);
  }

  @Override
  public void close(Bucket bucket, Stopped listener) {
    timeline.note(process.name, () -> "CLOSES " + bucket);
    Gate gate = gates.remove(bucket);
    if (gate == null) {
      invariants.violated("Closed, and was not open: " + bucket + " on " + process.name);
      return;
    }
    invariants.closed(gate);
    queue.close(
        bucket,
        stopped -> {
          timeline.note(process.name, () -> "work of " + bucket + " has stopped");
          listener.stopped(stopped);
        });
  }

  @Override
  public void interrupt(Bucket bucket) {
    for (Running run : List.copyOf(running)) {
      if (run.work.bucket().equals(bucket)) {
        run.interrupt();
      }
    }
  }

  /** Only once the gate is open: what is enqueued before is dropped at the door. */
  private void replaySoon(Bucket bucket) {
    process.runAfter(random.nextLong(5 * MILLI), () -> replay(bucket));
  }

  void replay(Bucket bucket) {
    for (String key : cache.keySet()) {
      if (keys.bucketOf(key) == bucket.index()) {
        queue.add(key, Lane.BACKGROUND);
      }
    }
    pump();
  }

  // ---- the workers ----

  /** Gives what is ready to idle workers, and sets an alarm for what will be. */
  private void pump() {
    while (busy < world.scenario().load().workers()) {
      Work<String> work = queue.poll();
      if (work == null) {
        break;
      }
      busy++;
      // Mostly at once; now and then a worker is held up between taking a key and running it.
      long gap = random.nextInt(30) == 0 ? random.nextLong(2_000 * MILLI) : 0;
      process.runAfter(gap, () -> start(work));
    }
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    Duration next = busy < world.scenario().load().workers() ? queue.untilNext() : null;
    if (next != null) {
      alarm = process.schedule(process.machine.clock.monotonic() + next.toNanos() + 1, this::pump);
    }
  }

  private void start(Work<String> work) {
    Gate gate = gates.get(work.bucket());
    if (!work.permit().isValid() || gate == null) {
      coverage.count(Happening.RUN_PUT_BACK);
      queue.putBack(work);
      free();
      return;
    }
    SimulatedRun run =
        new SimulatedRun(
            process.name,
            work.bucket(),
            work.key(),
            cache.getOrDefault(work.key(), 0),
            gate.term());
    invariants.started(run, process);
    Running begun = new Running(work, run, world.scenario().load().reconciler().begin(run, random));
    running.add(begun);
    begun.plan();
  }

  private void free() {
    busy--;
    pump();
  }

  /** A key in the reconciler. */
  private final class Running {

    private final Work<String> work;
    private final SimulatedRun run;
    private final SimulatedReconciler.Course course;
    private boolean over;

    Running(Work<String> work, SimulatedRun run, SimulatedReconciler.Course course) {
      this.work = work;
      this.run = run;
      this.course = course;
    }

    void plan() {
      SimulatedReconciler.Ending ending =
          course.fails() ? SimulatedReconciler.Ending.FAILED : SimulatedReconciler.Ending.DONE;
      var unused =
          process.schedule(
              process.machine.clock.monotonic() + course.takes().toNanos(), () -> end(ending));
    }

    void interrupt() {
      if (!course.heedsInterrupts()) {
        coverage.count(Happening.RUN_IGNORED_INTERRUPT);
        return;
      }
      process.runAfter(
          random.nextLong(20 * MILLI), () -> end(SimulatedReconciler.Ending.INTERRUPTED));
    }

    private void end(SimulatedReconciler.Ending ending) {
      if (over) {
        return;
      }
      over = true;
      running.remove(this);
      invariants.ended(run);
      told(ending);
      switch (ending) {
        case DONE -> {
          keys.dispatched(run.key(), run.revision());
          queue.done(work);
        }
        case FAILED -> {
          coverage.count(Happening.RUN_FAILED);
          failed();
        }
        case INTERRUPTED -> {
          coverage.count(Happening.RUN_INTERRUPTED);
          failed();
        }
        case DIED -> {}
      }
      free();
    }

    private void failed() {
      if (work.permit().isValid()) {
        queue.failed(work);
      } else {
        queue.putBack(work);
      }
    }

    void told(SimulatedReconciler.Ending ending) {
      world.scenario().load().reconciler().end(run, ending);
    }
  }
}
