package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What a cached object takes: the heap of one replica that looks after more and more of them. */
final class MemoryPart implements Part {

  private static final int[] OBJECTS = {500, 1500, 3000};
  private static final int WRITERS = 4;
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Operators.Shape SHAPE = new Operators.Shape(1, 8, 4, 0);

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void measure(Stage stage) throws InterruptedException {
    List<Contender> contenders =
        List.of(
            new Contender("Leasehold", Contender.OURS, Contender.USUAL),
            new Contender("Java Operator SDK", "sdk", Contender.USUAL));
    List<Operators> all = new ArrayList<>();
    for (Contender contender : contenders) {
      Operators operators = new Operators(stage, contender, SHAPE);
      operators.start().await("ready", "process", Long.MIN_VALUE);
      all.add(operators);
    }
    double[] sizes = new double[OBJECTS.length];
    double[][] heaps = new double[contenders.size()][OBJECTS.length];
    int created = 0;
    for (int size = 0; size < OBJECTS.length; size++) {
      create(all, created, OBJECTS[size]);
      created = OBJECTS[size];
      sizes[size] = created;
      Stage.pause(SETTLE);
      for (int i = 0; i < all.size(); i++) {
        heaps[i][size] = all.get(i).running().get(0).cost().heapBytes();
      }
    }
    stage.report().section("Memory for each cached object");
    stage
        .report()
        .text(
            "Heap after a full collection of one replica with %,d, %,d and %,d ConfigMaps with one entry each, the objects themselves included, which an informer's cache holds for both."
                .formatted(OBJECTS[0], OBJECTS[1], OBJECTS[2]));
    List<List<String>> rows = new ArrayList<>();
    double ours = Fit.of(sizes, heaps[0]).slope();
    for (int i = 0; i < contenders.size(); i++) {
      Fit fit = Fit.of(sizes, heaps[i]);
      rows.add(
          List.of(
              contenders.get(i).label(),
              String.format(Locale.ROOT, "%.1f MB", fit.intercept() / 1e6),
              String.format(Locale.ROOT, "%,.0f bytes", fit.slope()),
              Ratios.times(fit.slope(), ours)));
    }
    stage.report().table(List.of("contender", "without objects", "each object", "in ours"), rows);
  }

  private static void create(List<Operators> all, int from, int to) throws InterruptedException {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    for (Operators operators : all) {
      for (int i = from; i < to; i++) {
        int number = i;
        writers.execute(() -> operators.create(number, 0));
      }
    }
    writers.shutdown();
    if (!writers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("The objects can't be created fast enough.");
    }
  }
}
