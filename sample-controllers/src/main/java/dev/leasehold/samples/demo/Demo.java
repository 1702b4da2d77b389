package dev.leasehold.samples.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.leasehold.samples.cli.ResourceTypes;
import dev.leasehold.samples.demo.check.History;
import dev.leasehold.samples.demo.check.Judgement;
import dev.leasehold.samples.demo.check.Verdict;
import dev.leasehold.samples.demo.screen.Screen;
import dev.leasehold.samples.webpage.WebPageDefinition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.LoggerFactory;

/** A run of the demo: makes its world, has the story told, judges it, and cleans up. */
final class Demo {

  /** How the cluster is had, once there is a folder and somebody who can tell what takes time. */
  interface ClusterSource {
    DemoCluster get(Folder folder, Narrator narrator) throws Exception;
  }

  private final Settings settings;
  private final Screen screen;
  private final ClusterSource source;
  private final Narrator narrator;
  private final Cleanup cleanup = Cleanup.armed();
  private boolean hasLogs;

  Demo(Settings settings, Screen screen, ClusterSource source) {
    this.settings = settings;
    this.screen = screen;
    this.source = source;
    this.narrator = new Narrator(screen, System::nanoTime, Clock.systemUTC());
  }

  /**
   * Runs it once.
   *
   * @return whether every check holds
   */
  boolean run() throws Exception {
    quietLog();
    Folder folder = Folder.create();
    boolean kept = true;
    try (cleanup) {
      boolean good = tellAndJudge(folder);
      kept = !good;
      return good;
    } catch (Exception failure) {
      if (cleanup.isInterrupted()) {
        // The hook ends what there is to end, and then the JVM; there is nothing more to say.
        new CountDownLatch(1).await();
      }
      throw failure;
    } finally {
      if (kept && hasLogs && !cleanup.isInterrupted()) {
        screen.say("Logs and traces of the replicas are in " + folder.path() + ".");
      } else {
        folder.remove();
      }
    }
  }

  private boolean tellAndJudge(Folder folder) throws Exception {
    cleanup.add(
        () -> {
          if (cleanup.isInterrupted()) {
            folder.remove();
          }
        });
    DemoCluster cluster = source.get(folder, narrator);
    cleanup.add(cluster::close);
    narrator.say("The cluster is %s.", cluster.words());
    if (cluster.client().resource(WebPageDefinition.load()).get() == null) {
      new ResourceTypes(cluster.client()).install(WebPageDefinition.load());
    }
    View view = View.open(cluster.client(), cluster.namespace(), narrator);
    cleanup.add(view::close);
    Pages pages = new Pages(cluster.client(), cluster.namespace(), settings.pages());
    ScheduledExecutorService thread = thread("demo");
    ScheduledExecutorService changer = thread("demo-pages");
    pages.changeOn(changer);
    Fleet fleet = new Fleet(settings.replicaOptions(cluster), folder.path());
    cleanup.add(fleet::close);
    cleanup.add(thread::shutdownNow);
    cleanup.add(changer::shutdownNow);
    Story story = new Story(settings, narrator, fleet, view, pages, thread);
    hasLogs = true;
    story.tell();
    thread.shutdownNow();
    return judge(story, fleet, pages);
  }

  private boolean judge(Story story, Fleet fleet, Pages pages) throws Exception {
    History history = History.of(fleet.traces());
    Judgement judgement =
        new Judgement(
            history,
            story.stages(),
            settings.buckets(),
            Settings.PLANNED_LIMIT,
            Settings.KILLED_LIMIT);
    List<Verdict> verdicts = new ArrayList<>(judgement.verdicts());
    verdicts.add(
        new Verdict(
            "each replica that was asked to leave exited with 0, and no member's Lease is held",
            story.faultyExits()));
    screen.settle(Report.stages(judgement));
    Report.verdicts(verdicts, screen.paint()).forEach(screen::say);
    screen.say("");
    long failed = verdicts.stream().filter(verdict -> !verdict.holds()).count();
    narrator.say(
        "%d pages, %d changes, %d reconciles: %s",
        settings.pages(),
        pages.changes(),
        history.runs().size(),
        failed == 0 ? "every check holds." : failed + " checks failed.");
    return failed == 0;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** What goes wrong is told by the demo; log lines would tear its table. */
  private static void quietLog() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.ERROR);
    }
    if (LoggerFactory.getLogger("dev.leasehold") instanceof Logger own) {
      own.setLevel(Level.WARN);
    }
  }
}
