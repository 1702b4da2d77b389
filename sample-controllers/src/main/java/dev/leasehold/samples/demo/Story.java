package dev.leasehold.samples.demo;

import dev.leasehold.samples.demo.check.Snapshot;
import dev.leasehold.samples.demo.check.SnapshotChecks;
import dev.leasehold.samples.demo.check.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What happens in the demo, stage by stage. Each stage ends in calm: buckets balanced, pages
 * resting and reconciled. Where calm doesn't come in time the story goes on, and the checks on the
 * stage's end say what was missing.
 *
 * <p>Used by one thread.
 */
final class Story {

  /** The component's name. */
  static final String COMPONENT = "demo";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MILLIS_BETWEEN_TABLES = 250;

  private final Settings settings;
  private final Narrator narrator;
  private final Fleet fleet;
  private final View view;
  private final Pages pages;
  private final Patience patience;
  private final List<Stage> stages = new ArrayList<>();
  private final List<String> faultyExits = new ArrayList<>();

  // What a condition saw last: written by the thread that looks, read after it has looked.
  private volatile Snapshot last = new Snapshot(List.of(), List.of());

  /**
   * A story that has not begun.
   *
   * @param thread looks at conditions and draws
   */
  Story(
      Settings settings,
      Narrator narrator,
      Fleet fleet,
      View view,
      Pages pages,
      ScheduledExecutorService thread) {
    this.settings = settings;
    this.narrator = narrator;
    this.fleet = fleet;
    this.view = view;
    this.pages = pages;
    this.patience = new Patience(thread);
    var unused =
        thread.scheduleWithFixedDelay(
            () -> narrator.show(view.snapshot()), 0, MILLIS_BETWEEN_TABLES, TimeUnit.MILLISECONDS);
  }

  /** Tells it all; afterwards no replica is left. */
  void tell() throws InterruptedException {
    begin();
    kill();
    leave();
    join();
    end();
  }

  /** The stages that were told. */
  List<Stage> stages() {
    return List.copyOf(stages);
  }

  /** Which replicas did not leave as they should have, a sentence each. */
  List<String> faultyExits() {
    return List.copyOf(faultyExits);
  }

  private void begin() throws InterruptedException {
    long from = narrator.now();
    narrator.chapter("Starting %d replicas, each a process.", settings.replicas());
    for (int i = 0; i < settings.replicas(); i++) {
      var unused = fleet.startOne();
    }
    if (patience.until(PATIENCE, () -> isBalanced(settings.replicas()))) {
      narrator.say("All are members. Creating %d pages.", settings.pages());
    }
    pages.create();
    calm(from, settings.replicas() + " replicas started");
  }

  private void kill() throws InterruptedException {
    pages.keepChanging();
    ReplicaProcess victim = fleet.alive().get(1);
    narrator.chapter("Killing %s without warning (SIGKILL); pages keep changing.", victim.name());
    long from = narrator.now();
    narrator.countFrom(from, "after the kill");
    victim.kill(narrator::now);
    calm(from, victim.name() + " killed");
  }

  private void leave() throws InterruptedException {
    pages.keepChanging();
    ReplicaProcess leaver = fleet.alive().get(fleet.alive().size() - 1);
    narrator.chapter("Asking %s to leave (SIGTERM); pages keep changing.", leaver.name());
    long from = narrator.now();
    narrator.countFrom(from, "after the request");
    leaver.askToLeave();
    noteExit(leaver, from);
    calm(from, leaver.name() + " asked to leave");
  }

  private void join() throws InterruptedException {
    pages.keepChanging();
    long from = narrator.now();
    ReplicaProcess newcomer = fleet.startOne();
    narrator.chapter("Starting %s; pages keep changing.", newcomer.name());
    narrator.countFrom(from, "after the process was started");
    calm(from, newcomer.name() + " started");
  }

  private void end() throws InterruptedException {
    narrator.chapter("Asking all replicas to leave.");
    List<ReplicaProcess> left = fleet.alive();
    long from = narrator.now();
    left.forEach(ReplicaProcess::askToLeave);
    for (ReplicaProcess replica : left) {
      noteExit(replica, from);
    }
    if (!patience.until(Duration.ofSeconds(5), () -> view.snapshot().members().isEmpty())) {
      faultyExits.add("These members' Leases are still held: " + view.snapshot().members());
    }
  }

  private void noteExit(ReplicaProcess replica, long from) throws InterruptedException {
    OptionalInt code = replica.exitCode(PATIENCE);
    long millis = TimeUnit.NANOSECONDS.toMillis(narrator.now() - from);
    if (code.isEmpty()) {
      faultyExits.add(
          "%s did not leave within %d s.".formatted(replica.name(), PATIENCE.toSeconds()));
      replica.end();
    } else {
      narrator.say(
          "%s has left: exit code %d, %d ms after the request.",
          replica.name(), code.getAsInt(), millis);
      if (code.getAsInt() != 0) {
        faultyExits.add("%s left with exit code %d.".formatted(replica.name(), code.getAsInt()));
      }
    }
  }

  /** Waits until the buckets are balanced, lets the pages rest, and waits until all are done. */
  private void calm(long from, String stage) throws InterruptedException {
    int replicas = fleet.alive().size();
    boolean balanced = patience.until(PATIENCE, () -> isBalanced(replicas));
    pages.rest();
    boolean done = balanced && patience.until(PATIENCE, () -> isBalanced(replicas) && isDone(last));
    narrator.countNoMore();
    Snapshot end = last;
    stages.add(new Stage(stage, from, narrator.now(), replicas, end));
    if (done) {
      narrator.say("Calm: the buckets are balanced, and each page was reconciled by its holder.");
    } else {
      narrator.say(
          "No calm within %d s; the checks at the end tell what is missing.", PATIENCE.toSeconds());
    }
    narrator.settle(end);
  }

  private boolean isBalanced(int replicas) {
    fleet.requireAllWell();
    Snapshot snapshot = view.snapshot();
    last = snapshot;
    return SnapshotChecks.bucketsAreBalanced(snapshot, settings.buckets(), replicas).isEmpty();
  }

  private boolean isDone(Snapshot snapshot) {
    return snapshot.pages().size() == settings.pages()
        && SnapshotChecks.pagesNameTheirHolder(snapshot, settings.buckets()).isEmpty()
        && SnapshotChecks.configMapsHaveTheLastContent(snapshot).isEmpty();
  }
}
