package dev.leasehold.e2e.sidebyside;

import dev.leasehold.e2e.benchmark.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** From the sending of a change to the start of its reconcile, at 200 changes a second. */
final class LatencyPart implements Part {

  private static final int OBJECTS = 200;
  private static final int REPLICAS = 3;
  private static final int WRITERS = 16;
  private static final Duration EVERY = Duration.ofMillis(5);
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final Operators.Shape SHAPE = new Operators.Shape(1, 12, 4, 0);

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public void measure(Stage stage) throws InterruptedException {
    stage.report().section("From a change to its reconcile");
    stage
        .report()
        .text(
            "%d replicas, %d changes a second to %d objects for %d s, after %d s to warm up; from before the change is sent to the reconcile's start. `the write` is until the API server's answer to the change itself, which is part of it. Where fewer samples than changes are shown, the machine was too slow for so many."
                .formatted(
                    REPLICAS,
                    1000 / EVERY.toMillis(),
                    OBJECTS,
                    WINDOW.toSeconds(),
                    WARM_UP.toSeconds()));
    List<List<String>> rows = new ArrayList<>();
    long ours = 0;
    for (Contender contender :
        List.of(
            new Contender("Leasehold", Contender.OURS, Contender.USUAL),
            new Contender("Java Operator SDK", "sdk", Contender.USUAL))) {
      Operators operators = new Operators(stage, contender, SHAPE);
      operators.create(OBJECTS);
      for (int i = 0; i < REPLICAS; i++) {
        operators.start();
      }
      operators.running().forEach(each -> each.await("ready", "process", Long.MIN_VALUE));
      Changes changes = new Changes();
      Figures waits = changes.run(operators);
      ours = contender.isOurs() ? waits.percentile(50) : ours;
      rows.add(Ratios.row(contender.label(), waits, ours));
      rows.add(Ratios.row(contender.label() + ": the write", changes.writes(), ours));
      stage.clear();
    }
    stage.report().table(Ratios.HEADER, rows);
  }

  /** A steady stream of them. */
  private static final class Changes {

    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<Long> writes = new ConcurrentLinkedQueue<>();

    Figures run(Operators operators) throws InterruptedException {
      ScheduledExecutorService writers = Executors.newScheduledThreadPool(WRITERS);
      for (int i = 0; i < WRITERS; i++) {
        var unused =
            writers.scheduleAtFixedRate(
                () -> change(operators),
                EVERY.toNanos() * i,
                EVERY.toNanos() * WRITERS,
                TimeUnit.NANOSECONDS);
      }
      Stage.pause(WARM_UP);
      writes.clear();
      long begun = System.nanoTime();
      Stage.pause(WINDOW);
      writers.shutdown();
      if (!writers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("A change has no answer.");
      }
      Stage.pause(REST);
      return Figures.of(
          operators.running().stream()
              .flatMap(each -> each.said("run").stream())
              .filter(run -> Long.parseLong(run.more()) >= begun)
              .mapToLong(run -> run.nanos() - Long.parseLong(run.more()))
              .toArray());
    }

    private void change(Operators operators) {
      long sent = System.nanoTime();
      operators.change(next.getAndIncrement() % OBJECTS, sent);
      writes.add(System.nanoTime() - sent);
    }

    Figures writes() {
      return Figures.of(writes.stream().mapToLong(each -> each).toArray());
    }
  }
}
