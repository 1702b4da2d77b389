package dev.leasehold.e2e.sidebyside;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** What a cached object takes: the heap of one replica that looks after more and more of them. */
final class MemoryPart implements Part {

  private static final int[] OBJECTS = {1000, 3000, 6000};
  private static final int WRITERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Operators.Shape SHAPE = new Operators.Shape(1, 8, 4, 0);

  private final Map<Contender, Map<Integer, Long>> heaps = new LinkedHashMap<>();

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String title() {
    return "Memory for each cached object";
  }

  @Override
  public void measure(Stage stage, Report.Chapter chapter) throws Exception {
    List<Operators> all = new ArrayList<>();
    for (Contender contender : Contender.operators(Contender.USUAL)) {
      Operators operators = new Operators(stage, contender, SHAPE);
      Line unused = operators.start().awaitReady();
      all.add(operators);
    }
    int created = 0;
    for (int size : OBJECTS) {
      create(all, created, size);
      created = size;
      for (Operators each : all) {
        awaitRuns(each, size);
      }
      Stage.pause(SETTLE);
      for (Operators each : all) {
        heaps
            .computeIfAbsent(each.contender(), key -> new LinkedHashMap<>())
            .put(size, each.running().get(0).cost().heapBytes());
      }
      chapter.show(page());
    }
  }

  private static void create(List<Operators> all, int from, int until)
      throws InterruptedException, ExecutionException {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> creations = new ArrayList<>();
      for (Operators operators : all) {
        for (int i = from; i < until; i++) {
          int number = i;
          creations.add(writers.submit(() -> operators.create(number, 0)));
        }
      }
      for (Future<?> creation : creations) {
        creation.get();
      }
    } finally {
      writers.shutdownNow();
    }
  }

  /** Until each has been reconciled nothing is known of how much of them is cached. */
  private static void awaitRuns(Operators operators, int objects) {
    ContenderProcess process = operators.running().get(0);
    process.await(
        "%d objects have run".formatted(objects),
        PATIENCE,
        () ->
            process.said("run").stream().map(Line::subject).collect(Collectors.toSet()).size()
                == objects);
  }

  private Page page() {
    List<List<String>> rows = new ArrayList<>();
    List<Growth> growths = new ArrayList<>();
    heaps.forEach(
        (contender, bySize) -> {
          Growth growth = new Growth(contender.label(), "heap, bytes");
          bySize.forEach(
              (size, heap) -> {
                growth.add(size, heap);
                rows.add(
                    List.of(
                        contender.label(),
                        String.format(Locale.ROOT, "%,d", size),
                        String.format(Locale.ROOT, "%.1f MB", heap / 1e6)));
              });
          growths.add(growth);
        });
    return new Page()
        .text(
            "Heap after a full collection of one replica that has run for so many ConfigMaps with one entry each, the objects themselves included, which an informer's cache holds for all.")
        .table(List.of("contender", "objects", "heap"), rows)
        .table(Growth.header("object"), Growth.rows(growths));
  }
}
